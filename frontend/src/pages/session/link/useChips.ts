import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { LinkCards } from "~/hooks/useCards";
import { Chips, type ChipWords } from "./chips";

/** The words of chips, in the page's language. */
export function useChipWords(): ChipWords {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      gap: () => t("link.chip.gap"),
      solution: () => t("link.chip.solution"),
      gaps: (count) => t("link.chip.gaps", { count }),
      solutions: (count) => t("link.chip.solutions", { count }),
      bestTrl: (trl) => t("link.chip.bestTrl", { trl }),
      none: () => t("link.chip.none"),
      trl: (trl) => t("link.chip.trl", { trl }),
      standing: (state) => t(`link.state.${state}`),
    }),
    [t],
  );
}

/** The chips of a map's nodes, by the cards as they are now. */
export function useChips(cards: Pick<LinkCards, "card" | "standing">): Chips {
  const words = useChipWords();
  const { card, standing } = cards;
  return useMemo(() => new Chips({ card, standing }, words), [card, standing, words]);
}
