import { useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { useSuggest } from "~/hooks/useSuggest";
import type { MapNode } from "~/map/model";
import { keyLabel } from "~/pages/session/keys/label";
import { cardText } from "~/pages/session/link/chips";
import { useChipWords } from "~/pages/session/link/useChips";
import { askFor, type Linking } from "~/pages/session/link/useLinking";
import styles from "./NodeLinks.module.css";

/** Writing has paused, and is not just between two words. */
const PAUSE_MS = 700;
const SHOWN = 3;

/** A few gaps and solutions that may fit what is written, quietly: whoever writes is not disturbed. */
export function Offers({ linking, node }: { linking: Linking; node: MapNode }) {
  const { t } = useTranslation();
  const id = useId();
  const words = useChipWords();
  const { map, room, offline, firstOffer, toggle } = linking;
  const ask = offline ? null : askFor(map, room.model, node.id);
  const { items } = useSuggest(ask && { ...ask, limit: 8 }, PAUSE_MS);
  const offers = items
    .filter((it) => !node.links.some(({ target }) => target === it.target))
    .slice(0, SHOWN);
  const first = offers[0];
  useEffect(() => {
    firstOffer.current = first ? (to) => toggle(to, first) !== null : null;
    return () => {
      firstOffer.current = null;
    };
  }, [first, firstOffer, toggle]);
  if (offers.length === 0) return null;
  return (
    <section className={styles.offers} aria-labelledby={id}>
      <h4 id={id} className={styles.offersHeading}>
        {t("link.panel.offers")}
        <span className={styles.key}>
          {t("link.panel.offerKey", { key: keyLabel("Mod+Enter") })}
        </span>
      </h4>
      {offers.map((offer) => (
        <button
          key={offer.target}
          type="button"
          className={styles.offer}
          onClick={() => toggle(node.id, offer)}
        >
          <span className="visually-hidden">{t("link.panel.offer")}</span>{" "}
          <span dir="auto">{offer.title}</span>{" "}
          <span className={styles.offerFacts}>{cardText(offer, words)}</span>
        </button>
      ))}
    </section>
  );
}
