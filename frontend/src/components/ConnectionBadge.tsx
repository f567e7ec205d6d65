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
  /** Whether it is known what earlier pages left unsent on this device. */
  isRecalled: boolean;
  /** Whether what is unsent would outlive the page. */
  isKept: boolean;
  /** Why the server refused, in its words. */
  reason?: string | null;
}

type State = "connecting" | "recalling" | "saved" | "saving" | "offline" | "refused";

const ICONS: Record<State, LucideIcon> = {
  connecting: RefreshCw,
  recalling: RefreshCw,
  saved: CircleCheck,
  saving: RefreshCw,
  offline: CloudOff,
  refused: Plug,
};

/** Tells the truth about what the server has on disk: saved, on its way, unsent. */
export function ConnectionBadge(props: ConnectionBadgeProps) {
  const { phase, unsent, isRecalled, isKept, reason } = props;
  const { t } = useTranslation();
  const whenOpen = unsent > 0 ? "saving" : isRecalled ? "saved" : "recalling";
  const state: State = phase === "open" ? whenOpen : phase;
  const Icon = ICONS[state];
  // Not how many: each key that is pressed is a change, and a number of those only frightens.
  const isUnsent = unsent > 0 && (state === "offline" || state === "refused");
  const isAtRisk = !isKept && (state === "offline" || state === "saving");
  const hint = isAtRisk ? (`${state}Unkept` as const) : state;
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
            {state === "refused" && reason ? reason : t(`common.connection.hint.${hint}`)}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
