import { useCallback, useRef } from "react";
import { useTranslation } from "react-i18next";
import { usePresence } from "~/hooks/usePresence";
import type { Author } from "~/map/commands";
import type { PanelRoom } from "~/pages/session/panelProps";

/** Puts a participant id into a name, where one is known. */
export type NameOf = (id: string) => string;

/** The names of those who are here or have been since the page was opened; the document itself holds none. */
export function useNames(
  { room }: PanelRoom,
  author: Author,
  known?: (id: string) => string | undefined,
): NameOf {
  const { t } = useTranslation();
  const peers = usePresence(room);
  const seen = useRef(new Map<string, string>());
  for (const { id, name } of peers) if (name !== "") seen.current.set(id, name);
  return useCallback(
    (id) => {
      if (id === author.id) return t("outline.you");
      return seen.current.get(id) ?? known?.(id) ?? t("outline.somebody");
    },
    [author.id, known, t],
  );
}
