import { useTranslation } from "react-i18next";
import { KIND_ICONS } from "~/components/kindIcons";
import { type Option, Select } from "~/components/Select";
import { KINDS, type Kind } from "~/map/schema";
import styles from "./KindSelect.module.css";

interface KindSelectProps {
  /** Null is no kind; undefined, that several ideas have not the same. */
  value: Kind | null | undefined;
  disabled: boolean;
  onChange: (kind: Kind | null) => void;
}

/** What ideas are about. */
export function KindSelect({ value, disabled, onChange }: KindSelectProps) {
  const { t } = useTranslation();
  const options: Option<Kind | "none" | "various">[] = [
    { value: "none", label: t("map.menu.noKind") },
    ...KINDS.map((kind) => kindOption(kind, t(`map.kind.${kind}`))),
  ];
  if (value === undefined) options.unshift({ value: "various", label: t("outline.panel.various") });
  return (
    <Select
      label={t("map.menu.kind")}
      value={value === undefined ? "various" : (value ?? "none")}
      options={options}
      disabled={disabled}
      onChange={(next) => next !== "various" && onChange(next === "none" ? null : next)}
    />
  );
}

function kindOption(value: Kind, label: string): Option<Kind> {
  const Icon = KIND_ICONS[value];
  return { value, label, mark: <Icon aria-hidden="true" className={styles.kind} /> };
}
