import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { useModelVersion } from "~/hooks/useModelVersion";
import { ROOT } from "~/map/schema";
import { setColour, setKind } from "~/pages/session/actions/edits";
import type { Hands } from "~/pages/session/actions/hands";
import styles from "~/pages/session/NodePanel.module.css";
import { ColourField } from "./ColourField";
import { KindSelect } from "./KindSelect";
import { PanelFrame } from "./PanelFrame";

interface SelectionPanelProps {
  hands: Hands;
  onClose: () => void;
}

/** What can be done to several selected ideas, to all of them at once. */
export function SelectionPanel({ hands, onClose }: SelectionPanelProps) {
  const { model, gate, ids } = hands;
  const { t } = useTranslation();
  useModelVersion(model);
  const why = hands.canEdit ? gate.reason("edit", { ids }) : null;
  const disabled = !hands.canEdit || why !== null;
  const mayRemove = hands.canEdit && gate.reason("remove", { ids }) === null;
  const nodes = ids.flatMap((id) => model.node(id) ?? []);
  const colour = common(nodes.map((node) => node.colour));
  return (
    <PanelFrame title={t("outline.panel.several", { count: ids.length })} onClose={onClose}>
      <div className={styles.body}>
        {why !== null && <p className={styles.why}>{why}</p>}
        <div className={styles.pair}>
          <KindSelect
            value={common(nodes.map((node) => node.kind))}
            disabled={disabled}
            onChange={(kind) => setKind(hands, kind)}
          />
          <ColourField
            value={colour}
            shown={common(ids.map((id) => model.colourOf(id))) ?? null}
            isTopic={false}
            disabled={disabled}
            onChange={(chosen) => setColour(hands, chosen)}
          />
        </div>
        <footer className={styles.footer}>
          {mayRemove && ids.some((id) => id !== ROOT) && (
            <Button icon={Trash2} variant="quiet" size="s" onClick={() => hands.run("remove")}>
              {t("outline.panel.removeSeveral")}
            </Button>
          )}
        </footer>
      </div>
    </PanelFrame>
  );
}

/** What all have; undefined where they differ. */
function common<T>(values: readonly T[]): T | undefined {
  const [first] = values;
  return values.every((value) => value === first) ? first : undefined;
}
