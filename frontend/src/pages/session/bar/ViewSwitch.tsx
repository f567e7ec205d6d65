import { Link2, ListTree, type LucideIcon, Network, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "~/pages/session/bar/ViewSwitch.module.css";

/** The ways to look at a map. */
export const VIEWS = ["map", "outline", "links", "trash"] as const;
/** One of {@link VIEWS}. */
export type MapViewName = (typeof VIEWS)[number];

const ICONS: Readonly<Record<MapViewName, LucideIcon>> = {
  map: Network,
  outline: ListTree,
  links: Link2,
  trash: Trash2,
};

interface ViewSwitchProps {
  view: MapViewName;
  onView: (view: MapViewName) => void;
}

/** Switches between map, outline and trash. */
export function ViewSwitch({ view, onView }: ViewSwitchProps) {
  const { t } = useTranslation();
  return (
    <nav className={styles.views} aria-label={t("map.views.label")}>
      {VIEWS.map((name) => {
        const Icon = ICONS[name];
        return (
          <button
            key={name}
            type="button"
            className={styles.view}
            aria-current={name === view ? "page" : undefined}
            title={t(`map.views.${name}`)}
            onClick={() => onView(name)}
          >
            <Icon aria-hidden="true" className={styles.icon} />
            <span>{t(`map.views.${name}`)}</span>
          </button>
        );
      })}
    </nav>
  );
}
