import { Toast as Base } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import type { ReactNode } from "react";
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
}

/** Says something in the corner for some seconds. What went wrong stays until it is dismissed. */
export function toast({ title, text, tone = "ok", action }: ToastMessage): void {
  const id = manager.add({
    // The same words again are one thing to dismiss; what can be done is another thing each time.
    ...(!action && { id: `${tone} ${title} ${text ?? ""}` }),
    title,
    ...(text !== undefined && { description: text }),
    type: tone,
    priority: tone === "danger" ? "high" : "low",
    timeout: tone === "danger" ? 0 : action ? 9000 : 5000,
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
}

/** Holds the toasts; once, round the whole app. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider toastManager={manager}>
      {children}
      <Base.Portal>
        <Base.Viewport className={styles.viewport}>
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Mark({ tone }: { tone: string | undefined }) {
  if (tone === "danger") return <CircleAlert aria-hidden="true" className={styles.problem} />;
  if (tone === "note") return <Info aria-hidden="true" className={styles.note} />;
  return <CircleCheck aria-hidden="true" className={styles.done} />;
}

function Toasts() {
  const { t } = useTranslation();
  const { toasts } = Base.useToastManager();
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
