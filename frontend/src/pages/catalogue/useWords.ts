import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RecordKind } from "~/api/types";

/** The words for what the server names: fields, what they choose from, states. */
export interface Words {
  field: (name: string) => string;
  /** What a field is for. */
  hint: (kind: RecordKind, name: string, about: string) => string;
  /** A word of a field's scale. */
  word: (kind: RecordKind, field: string, word: string) => string;
  state: (kind: RecordKind, state: string) => string;
  criterion: (name: string) => string;
  /** Why a record changed. */
  cause: (name: string) => string;
  /** Why a fit does not count. */
  leftOut: (name: string) => string;
}

/** A name as words, for what a newer server has and these texts do not: `cost_band` is "Cost band". */
const plain = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");

/** Puts the server's names into the reader's language. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const said = (path: string, otherwise: string): string =>
      i18n.exists(`catalogue.${path}`) ? String(t(`catalogue.${path}` as never)) : otherwise;
    return {
      field: (name) => said(`field.${name}`, plain(name)),
      hint: (kind, name, about) => said(`hint.${kind}.${name}`, about),
      // What a solution is and what a piece of evidence is are two scales of fields with one name.
      word: (kind, field, word) =>
        said(`word.${kind}_${field}.${word}`, said(`word.${field}.${word}`, plain(word))),
      state: (kind, state) => said(`state.${kind}.${state}`, plain(state)),
      criterion: (name) => said(`criterion.${name}`, plain(name)),
      cause: (name) => said(`history.cause.${name}`, plain(name)),
      leftOut: (name) => said(`coverage.reason.${name}`, plain(name)),
    };
  }, [t, i18n]);
}
