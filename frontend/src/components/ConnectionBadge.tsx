import { Tooltip } from "@base-ui/react/tooltip";
import { CircleCheck, CloudOff, type LucideIcon, Plug, RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./ConnectionBadge.module.css";
import { classes } from "./classes";
import tips from "./IconButton.module.css";

interface ConnectionBadgeProps {
  phase: "connecting" | "open" | "offline" | "refused";
  /** Changes of this page that the server has not put on its disk yet. */
  unsent: number;
  /** Why the server refused, in its words. */
  reason?: string | null;
}

type State = "connecting" | "saved" | "saving" | "offline" | "refused";

const ICONS: Record<State, LucideIcon> = {
  connecting: RefreshCw,
  saved: CircleCheck,
  saving: RefreshCw,
  offline: CloudOff,
  refused: Plug,
};

/** Tells the truth about what the server has on disk: saved, on its way, unsent. */
export function ConnectionBadge({ phase, unsent, reason }: ConnectionBadgeProps) {
  const { t } = useTranslation();
  const state: State = phase === "open" ? (unsent > 0 ? "saving" : "saved") : phase;
  const Icon = ICONS[state];
  // Not how many: each key that is pressed is a change, and a number of those only frightens.
  const isUnsent = unsent > 0 && (state === "offline" || state === "refused");
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        className={classes(styles.badge, styles[state])}
        render={<button type="button" />}
        closeOnClick={false}
      >
        <Icon aria-hidden="true" className={styles.icon} />
        {t(`common.connection.${isUnsent ? (`${state}Unsent` as const) : state}`)}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className={tips.positioner}>
          <Tooltip.Popup className={tips.tip}>
            {state === "refused" && reason ? reason : t(`common.connection.hint.${state}`)}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
