import { Tooltip } from "@base-ui/react/tooltip";
import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes";
import styles from "./IconButton.module.css";
import { Spinner } from "./Spinner";

type IconButtonProps = Omit<ComponentProps<"button">, "children" | "aria-label"> & {
  icon: LucideIcon;
  /** What it does: its name for those who hear it, its tooltip for those who see it. */
  label: string;
  size?: "s" | "m";
  pressed?: boolean;
  busy?: boolean;
  /** Shown after the label in the tooltip, such as a key. */
  keys?: ReactNode;
};

/** A button of one picture. Its label shows on hover and on keyboard focus. */
export function IconButton(props: IconButtonProps) {
  const {
    icon: Icon,
    label,
    size = "m",
    pressed,
    busy = false,
    disabled = false,
    keys,
    className,
    onClick,
    ...rest
  } = props;
  return (
    <Tooltip.Root>
      <Tooltip.Trigger
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        aria-disabled={busy || disabled || undefined}
        className={classes(styles.button, styles[size], className)}
        onClick={(event) => !busy && !disabled && onClick?.(event)}
      >
        {busy ? <Spinner /> : <Icon aria-hidden="true" className={styles.icon} />}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className={styles.positioner}>
          <Tooltip.Popup className={styles.tip}>
            {label}
            {keys !== undefined && <kbd className={styles.keys}>{keys}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
