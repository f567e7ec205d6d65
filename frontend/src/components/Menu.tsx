import { Menu as Base } from "@base-ui/react/menu";
import { Check, type LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { classes } from "./classes";
import styles from "./Menu.module.css";

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  align?: "start" | "end";
  children: ReactNode;
}

/** A list of actions under a button. */
export function Menu({ trigger, align = "end", children }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner
          className={styles.positioner}
          align={align}
          sideOffset={6}
          collisionPadding={8}
        >
          <Base.Popup className={styles.popup}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  icon?: LucideIcon;
  danger?: boolean;
  disabled?: boolean;
  /** The key that does the same. */
  keys?: string | undefined;
  /** Why it cannot be chosen just now; it stands under the words. */
  reason?: string | null | undefined;
  onSelect?: () => void;
  /** A link to render as, for an item that leads to another page. */
  link?: ReactElement;
  children: ReactNode;
}

/** One action, or with `link` one way to go. */
export function MenuItem({
  icon: Icon,
  danger,
  disabled = false,
  keys,
  reason,
  onSelect,
  link,
  children,
}: MenuItemProps) {
  const className = classes(styles.item, danger && styles.danger);
  const content = (
    <>
      {Icon && <Icon aria-hidden="true" className={styles.icon} />}
      <span>
        {children}
        {reason && <span className={styles.reason}>{reason}</span>}
      </span>
      {keys !== undefined && (
        <span aria-hidden="true" className={styles.keys}>
          {keys}
        </span>
      )}
    </>
  );
  if (link) {
    return (
      <Base.LinkItem className={className} render={link} closeOnClick>
        {content}
      </Base.LinkItem>
    );
  }
  return (
    <Base.Item className={className} disabled={disabled || Boolean(reason)} onClick={onSelect}>
      {content}
    </Base.Item>
  );
}

/** A line between two kinds of items. */
export function MenuSeparator() {
  return <Base.Separator className={styles.separator} />;
}

/** Words above the items, such as whose menu it is. */
export function MenuHeading({ children }: { children: ReactNode }) {
  return <div className={styles.heading}>{children}</div>;
}

interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; icon?: LucideIcon }[];
  onChange: (value: Value) => void;
}

/** One of several, chosen inside a menu. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  return (
    <Base.Group>
      <Base.GroupLabel className={styles.label}>{props.label}</Base.GroupLabel>
      <Base.RadioGroup value={props.value} onValueChange={(next: Value) => props.onChange(next)}>
        {props.options.map(({ value, label, icon: Icon }) => (
          <Base.RadioItem key={value} value={value} className={styles.item} closeOnClick>
            {Icon && <Icon aria-hidden="true" className={styles.icon} />}
            <span>{label}</span>
            <Base.RadioItemIndicator className={styles.check}>
              <Check aria-hidden="true" className={styles.icon} />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}
