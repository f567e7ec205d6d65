import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import styles from "./Button.module.css";
import { classes } from "./classes";
import { Spinner } from "./Spinner";

/** How much a button stands out: one `primary` a view, `danger` where something is lost. */
export interface ButtonLook {
  variant?: "primary" | "secondary" | "quiet" | "danger" | undefined;
  size?: "s" | "m" | "l" | undefined;
  wide?: boolean | undefined;
}

/** The class of a button, for links that look like one. */
export function buttonClass({ variant = "secondary", size = "m", wide }: ButtonLook = {}): string {
  return classes(styles.button, styles[variant], styles[size], wide && styles.wide);
}

type ButtonProps = Omit<ComponentProps<"button">, "children"> &
  ButtonLook & { icon?: LucideIcon; busy?: boolean; children: ReactNode };

/** A button. While `busy` it keeps its place and focus, shows progress and ignores presses. */
export function Button(props: ButtonProps) {
  const {
    variant,
    size,
    wide,
    icon: Icon,
    busy = false,
    className,
    children,
    onClick,
    ...rest
  } = props;
  return (
    <button
      type="button"
      {...rest}
      className={classes(buttonClass({ variant, size, wide }), className)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {busy ? <Spinner /> : Icon && <Icon aria-hidden="true" className={styles.icon} />}
      {children}
    </button>
  );
}
