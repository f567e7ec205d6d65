/** Which language the texts are in: what was chosen on this device, or what the browser asks for. */
import { i18n } from "./i18n";

/** The languages there are, each by its own name. */
export const LANGUAGES = { en: "English", fr: "Français" } as const;

/** One of the languages. */
export type Language = keyof typeof LANGUAGES;

const KEY = "gapmap.language";

/** Texts that are not there from the start. */
const LOAD: Partial<Record<Language, () => Promise<object>>> = {
  fr: async () => spaced((await import("./fr")).fr),
};

/** French signs stand after a space, at which no line may break: in the files it is one that can be typed. */
export function spaced<Texts extends object>(texts: Texts): Texts {
  const set = (value: unknown): unknown => {
    if (typeof value === "object" && value !== null) return spaced(value);
    if (typeof value !== "string") return value;
    return value.replaceAll(/ (?=[;:!?»])|(?<=«) /g, "\u00a0");
  };
  const entries = Object.entries(texts).map(([name, value]) => [name, set(value)]);
  return Object.fromEntries(entries) as Texts;
}

const known = (word: string | null | undefined): Language | undefined =>
  (Object.keys(LANGUAGES) as Language[]).find((it) => it === word?.slice(0, 2).toLowerCase());

/** What was chosen on this device, else the first language of the browser's that there is. */
export function preferredLanguage(): Language {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing goes by its own languages.
  }
  return known(kept) ?? navigator.languages.map(known).find((it) => it !== undefined) ?? "en";
}

/** Shows the texts in this language; where they cannot be loaded, as they are. */
export async function applyLanguage(language: Language): Promise<void> {
  try {
    const texts = i18n.hasResourceBundle(language, "translation") ? null : LOAD[language];
    if (texts) i18n.addResourceBundle(language, "translation", await texts());
    await i18n.changeLanguage(language);
    document.documentElement.lang = language;
  } catch {
    // Without a connection, a language that was never read in stays where it is.
  }
}

/** Keeps the choice on this device and applies it. */
export function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // It then holds until the page is closed.
  }
  return applyLanguage(language);
}
