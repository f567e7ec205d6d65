import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { useMapModel } from "~/hooks/useMapModel";
import type { MapModel } from "~/map/model";
import { SearchBox } from "~/pages/session/bar/SearchBox";
import styles from "./RelateBar.module.css";
import type { Relating } from "./useRelating";

interface RelateBarProps {
  model: MapModel;
  relating: Relating;
  /** Gives the keyboard back to the map. */
  onDone: () => void;
}

/** Over the map while an arrow waits for its other end: a click gives it, or a name from the list. */
export function RelateBar({ model, relating, onDone }: RelateBarProps) {
  const { t } = useTranslation();
  const { from, end } = relating;
  const input = useRef<HTMLInputElement>(null);
  const text = useMapModel(model, () => (from === null ? undefined : model.node(from)?.text));
  useEffect(() => {
    if (from !== null) input.current?.focus();
  }, [from]);
  // Somebody deleted the node meanwhile: there is nothing to relate any more.
  const isGone = from !== null && text === undefined;
  useEffect(() => {
    if (isGone) end(null);
  }, [isGone, end]);
  if (from === null || isGone) return null;
  const leave = () => {
    end(null);
    onDone();
  };
  return (
    <section className={styles.bar} aria-label={t("map.relate.label")}>
      <p className={styles.text} role="status">
        {t("map.relate.text", { text: text || t("map.node.empty") })}
      </p>
      <SearchBox
        model={model}
        input={input}
        label={t("map.relate.find")}
        onJump={end}
        onDone={leave}
      />
      <Button size="s" onClick={leave}>
        {t("map.moving.cancel")}
      </Button>
    </section>
  );
}
