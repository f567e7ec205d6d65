import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { MapEntry } from "~/api/types";
import { usePeople } from "~/hooks/useParticipants";

/** Who is behind an id, as far as the session shows it. */
export interface Who {
  /** A name; "" is whoever has none. */
  nameOf(id: string): string;
}

/** The names of those who wrote in a map. */
export function useWho(map: MapEntry): Who {
  const { t } = useTranslation();
  const known = usePeople(map.id);
  const { participant, pseudonym } = map.me;
  return useMemo(
    () => ({
      nameOf: (id) => {
        if (id === "") return t("timeline.people.server");
        return (id === participant ? pseudonym : known(id)) ?? t("timeline.people.somebody");
      },
    }),
    [known, participant, pseudonym, t],
  );
}
