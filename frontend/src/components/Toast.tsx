import { Toast as Base } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { type FocusEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./IconButton";
import styles from "./Toast.module.css";

const manager = Base.createToastManager();

/** What a toast says; with `action`, what can be done about it. A `note` says why something is not done. */
export interface ToastMessage {
  title: string;
  text?: string;
  tone?: "ok" | "note" | "danger";
  action?: { label: string; onClick: () => void };
  /** What it is about: of two about the same the later one stays, and {@link settled} ends it. */
  about?: string;
  /** Told when what it says is over, to end with it; gives how to stop listening. */
  until?: (over: () => void) => () => void;
}

/** For how long it stands, in milliseconds. The time stops while it is pointed at or has the keyboard. */
const LASTS = { ok: 5000, note: 5000, danger: 20_000, action: 9000 };

/** Says something at the foot of the page for a while, which for what went wrong is long. */
export function toast({ title, text, tone = "ok", action, about, until }: ToastMessage): void {
  let stop: (() => void) | undefined;
  const id = manager.add({
    // The same words again are one thing to dismiss; what can be done is another thing each time.
    ...(!action && { id: `${tone} ${title} ${text ?? ""}` }),
    ...(about !== undefined && { id: about }),
    title,
    ...(text !== undefined && { description: text }),
    type: tone,
    priority: tone === "danger" ? "high" : "low",
    timeout: Math.max(LASTS[tone], action ? LASTS.action : 0),
    onClose: () => stop?.(),
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          action.onClick();
          manager.close(id);
        },
      },
    }),
  });
  stop = until?.(() => manager.close(id));
}

/** Ends what was said about something, as it is not so any more. */
export const settled = (about: string): void => manager.close(about);

/** Holds the toasts; once, round the whole app. */
export function ToastProvider({ children }: { children: ReactNode }) {
  /** What had the keyboard before a toast took it. */
  const from = useRef<Element | null>(null);
  const onFocus = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget as Node | null)) from.current = relatedTarget;
  };
  return (
    <Base.Provider toastManager={manager}>
      {children}
      <Base.Portal>
        <Base.Viewport className={styles.viewport} data-region="toasts" onFocus={onFocus}>
          <Toasts giveBack={() => giveBack(from.current)} />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function giveBack(to: Element | null): void {
  if (to instanceof HTMLElement) to.focus({ preventScroll: true });
}

function Mark({ tone }: { tone: string | undefined }) {
  if (tone === "danger") return <CircleAlert aria-hidden="true" className={styles.problem} />;
  if (tone === "note") return <Info aria-hidden="true" className={styles.note} />;
  return <CircleCheck aria-hidden="true" className={styles.done} />;
}

function Toasts({ giveBack }: { giveBack: () => void }) {
  const { t } = useTranslation();
  const { toasts } = Base.useToastManager();
  // A toast that goes must not take the keyboard with it, even if it goes slowly.
  useLayoutEffect(() => {
    const going = "[data-region=toasts] [data-ending-style]";
    if (document.activeElement?.closest(going)) giveBack();
  });
  return toasts.map((item) => (
    <Base.Root key={item.id} toast={item} className={styles.toast}>
      <Base.Content className={styles.content}>
        <Mark tone={item.type} />
        <div className={styles.words}>
          <div className={styles.text}>
            <Base.Title className={styles.title} render={<div />} />
            <Base.Description className={styles.description} />
          </div>
          {item.actionProps && <Base.Action className={styles.action} />}
        </div>
        <Base.Close render={<IconButton icon={X} label={t("common.dismiss")} size="s" />} />
      </Base.Content>
    </Base.Root>
  ));
}
