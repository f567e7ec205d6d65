/**
 * Starts i18next with the languages there are. English is the first and the fallback: another language is
 * a file beside en.ts of the same shape, and one line in `LANGUAGES`.
 */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en";

const LANGUAGES = { en: { translation: en } };

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

void i18next.use(initReactI18next).init({
  resources: LANGUAGES,
  lng: "en",
  fallbackLng: "en",
  // React escapes what it shows.
  interpolation: { escapeValue: false },
});

/** The translator, for code outside of components. */
export const i18n = i18next;
