import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "~/app/App";
import { keepApp } from "~/app/keepApp";
import { applyTheme, chosenTheme } from "~/components/theme";
import { applyLanguage, preferredLanguage } from "~/messages/language";
import "~/styles/tokens.css";
import "~/styles/base.css";

applyTheme(chosenTheme());

const root = document.getElementById("app");
if (root) {
  // Not before its language is there: nobody should see the page change it.
  void applyLanguage(preferredLanguage()).then(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
}

// The build makes the worker; the development server has none.
if (import.meta.env.PROD) void keepApp();
