/**
 * Starts i18next with English, which is the fallback. Another language is a file beside en.ts of the same
 * shape, and one line in language.ts; it is loaded when somebody reads in it.
 */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

void i18next.use(initReactI18next).init({
  resources: { en: { translation: en } },
  lng: "en",
  fallbackLng: "en",
  // React escapes what it shows.
  interpolation: { escapeValue: false },
});

/** The translator, for code outside of components. */
export const i18n = i18next;
