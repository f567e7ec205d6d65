import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "~/app/App";
import { keepApp } from "~/app/keepApp";
import { applyTheme, chosenTheme } from "~/components/theme";
import "~/messages/i18n";
import "~/styles/tokens.css";
import "~/styles/base.css";

applyTheme(chosenTheme());

const root = document.getElementById("app");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

// The build makes the worker; the development server has none.
if (import.meta.env.PROD) void keepApp();
