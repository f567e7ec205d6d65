import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { MapEntry } from "~/api/types";
import { usePeople } from "~/hooks/useParticipants";
import { COLOURS, type Colour } from "~/map/schema";

/** Who is behind an id, as far as the session shows it. */
export interface Who {
  /** A name; "" is whoever has none. */
  nameOf(id: string): string;
  /** One colour for one person, here and on the map. */
  colourOf(id: string): Colour;
}

/** The names and colours of those who wrote in a map. */
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
      colourOf: (id) => {
        let sum = 0;
        for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
        return COLOURS[sum % COLOURS.length] ?? "blue";
      },
    }),
    [known, participant, pseudonym, t],
  );
}
