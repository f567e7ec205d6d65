import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { type FormEvent, type ReactNode, type RefObject, useRef } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "./classes";
import styles from "./Dialog.module.css";
import { IconButton } from "./IconButton";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Its buttons, the one that does it last. */
  footer?: ReactNode;
  /** With it the dialog is a form: Enter does what its submit button does. */
  onSubmit?: (() => void) | undefined;
  wide?: boolean;
  /** Where focus goes first; without it, to the first control. */
  initialFocus?: RefObject<HTMLElement | null>;
}

/** A window over the page. It keeps focus inside, closes on Escape, and gives focus back to what opened it. */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, description, children, footer, onSubmit, wide, initialFocus } =
    props;
  const { t } = useTranslation();
  const body = useRef<HTMLDivElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit?.();
    // What was left out is marked by then: the first of it is where to go on.
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  const content = (
    <>
      <div className={styles.body} ref={body}>
        {description !== undefined && (
          <Base.Description className={styles.description} render={<div />}>
            {description}
          </Base.Description>
        )}
        {children}
      </div>
      {footer !== undefined && <div className={styles.footer}>{footer}</div>}
    </>
  );
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup
          className={classes(styles.popup, wide && styles.wide)}
          initialFocus={initialFocus ?? (() => firstControl(body.current))}
        >
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close render={<IconButton icon={X} label={t("common.close")} size="s" />} />
          </header>
          {onSubmit ? (
            <form className={styles.form} onSubmit={submit} noValidate>
              {content}
            </form>
          ) : (
            content
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** The close button comes first in the document; who opens a dialog came for what is in it. */
function firstControl(body: HTMLElement | null): HTMLElement | true {
  return body?.querySelector<HTMLElement>("input, textarea, button, [role=combobox]") ?? true;
}
