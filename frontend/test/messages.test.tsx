/** Every language says everything, with the same blanks to fill. */
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { formatDate } from "~/components/format";
import { en } from "~/messages/en";
import { fr } from "~/messages/fr";
import { i18n } from "~/messages/i18n";
import { applyLanguage, preferredLanguage, spaced } from "~/messages/language";
import { wordsOfServer } from "~/messages/serverWords";
import { heading, openApp, press } from "./app";

afterEach(async () => {
  localStorage.clear();
  await applyLanguage("en");
});

/** All texts by their path, such as "common.close". */
function texts(messages: object, path = ""): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[path + key, value]] : texts(value, `${path}${key}.`),
  );
}

const blanks = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g))].sort().join();

it.each([
  ["French", en, fr],
  ["English", fr, en],
])("%s lacks no text", (_, from, to) => {
  const there = new Set(texts(to).map(([path]) => path));

  expect(texts(from).flatMap(([path]) => (there.has(path) ? [] : [path]))).toEqual([]);
});

it("leaves the same blanks in every language", () => {
  const french = new Map(texts(fr));
  const differing = texts(en).filter(
    ([path, text]) => blanks(french.get(path) ?? text) !== blanks(text),
  );

  expect(differing.map(([path]) => path)).toEqual([]);
});

it("lets no line of French begin with a sign", () => {
  const signs = texts(spaced(fr)).filter(([, text]) => / [;:!?»]|« /.test(text));

  expect(signs).toEqual([]);
  expect(spaced({ a: { b: "« Oui » : non ?" } })).toEqual({
    a: { b: "«\u00a0Oui\u00a0»\u00a0: non\u00a0?" },
  });
});

it("leaves no text empty", () => {
  expect([...texts(en), ...texts(fr)].filter(([, text]) => text.trim() === "")).toEqual([]);
});

it("puts what the server says into the page's language, with its numbers", () => {
  const said = (detail: string) => wordsOfServer(i18n.getFixedT("fr"), detail);
  i18n.addResourceBundle("fr", "translation", fr);

  expect(said("must have at most 120 characters")).toBe("120 caractères au plus");
  expect(said("must have 1 to 200 characters")).toBe("de 1 à 200 caractères");
  expect(said("this invite has expired")).toBe("cette invitation a expiré");
  expect(said("cannot go from draft to published, but to: in review, rejected")).toBe(
    "ne peut pas passer de draft à published, mais à : in review, rejected",
  );
  expect(said("must be something new")).toBe("must be something new");
});

it("speaks the language that was chosen, and remembers it on this device", async () => {
  openApp("/");
  await heading("Map what is missing, together");

  await press("Language");
  await act(async () => {
    fireEvent.click(await screen.findByRole("menuitemradio", { name: "Français" }));
  });

  await heading("Cartographier ensemble ce qui manque");
  await waitFor(() => expect(document.documentElement.lang).toBe("fr"));
  expect(preferredLanguage()).toBe("fr");
  expect(formatDate("2026-11-23")).toBe("23 nov. 2026");
});
