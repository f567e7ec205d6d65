import { Menu as Base } from "@base-ui/react/menu";
import { useTranslation } from "react-i18next";
import { COLOURS, type Colour, ROOT } from "~/map/schema";
import { setColour } from "~/pages/session/actions/edits";
import type { Hands } from "~/pages/session/actions/hands";
import { Swatch, useColourWords } from "~/pages/session/panel/ColourField";
import styles from "~/pages/session/panel/ColourField.module.css";

/** The palette as one row of a menu: the same as in Details. */
export function ColourRow({ hands }: { hands: Hands }) {
  const { t } = useTranslation();
  const { model, active } = hands;
  const words = useColourWords(active === ROOT);
  return (
    <Base.RadioGroup
      className={styles.row}
      aria-label={t("map.menu.colour")}
      value={model.node(active)?.colour ?? null}
      onValueChange={(colour: Colour | null) => setColour(hands, colour)}
    >
      {[null, ...COLOURS].map((colour) => (
        <Base.RadioItem
          key={colour ?? "none"}
          value={colour}
          closeOnClick
          className={styles.swatch}
          aria-label={words(colour)}
          title={words(colour)}
        >
          <Swatch colour={colour} shown={model.colourOf(active)} />
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}
