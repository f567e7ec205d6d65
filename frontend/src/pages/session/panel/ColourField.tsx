import { useId } from "react";
import { useTranslation } from "react-i18next";
import { COLOURS, type Colour } from "~/map/schema";
import styles from "./ColourField.module.css";

interface ColourFieldProps {
  /** The own colour; null where it is the branch's, undefined where several ideas have not the same. */
  value: Colour | null | undefined;
  /** The colour it shows, its own or its branch's. */
  shown: Colour | null;
  onChange: (colour: Colour | null) => void;
  disabled: boolean;
  /** Whether it is the topic's, which has no branch to be like. */
  isTopic: boolean;
}

/** The palette. The chosen colour's name always stands beside it. */
export function ColourField({ value, shown, onChange, disabled, isTopic }: ColourFieldProps) {
  const { t } = useTranslation();
  const name = useId();
  const words = useColourWords(isTopic);
  return (
    <fieldset className={styles.field} disabled={disabled}>
      <legend className={styles.legend}>
        {t("map.menu.colourIs")}{" "}
        <span className={styles.chosen}>
          {value === undefined ? t("outline.panel.various") : words(value)}
        </span>
      </legend>
      <div className={styles.swatches}>
        {[null, ...COLOURS].map((colour) => (
          <label key={colour ?? "none"} className={styles.swatch} title={words(colour)}>
            <input
              type="radio"
              name={name}
              className="visually-hidden"
              checked={value === colour}
              onChange={() => onChange(colour)}
            />
            <Swatch {...{ colour, shown }} />
            <span className="visually-hidden">{words(colour)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What a choice of colour is called: none of its own is another thing for the topic. */
export function useColourWords(isTopic: boolean): (colour: Colour | null) => string {
  const { t } = useTranslation();
  return (colour) => t(`map.colour.${colour ?? (isTopic ? "topic" : "inherited")}`);
}

/** One choice; for none of its own, the colour that is shown then. */
export function Swatch(props: { colour: Colour | null; shown: Colour | null }) {
  const { colour, shown } = props;
  return (
    <span
      className={colour === null ? styles.inherited : styles.colour}
      data-colour={colour ?? shown ?? undefined}
      aria-hidden="true"
    />
  );
}
