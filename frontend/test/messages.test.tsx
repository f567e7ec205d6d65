/** Every language says everything, with the same blanks to fill. */
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { formatDate } from "~/components/format";
import { en } from "~/messages/en";
import { fr } from "~/messages/fr";
import { applyLanguage, preferredLanguage } from "~/messages/language";
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

it("leaves no text empty", () => {
  expect([...texts(en), ...texts(fr)].filter(([, text]) => text.trim() === "")).toEqual([]);
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
