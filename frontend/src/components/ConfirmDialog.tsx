import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Notice } from "./Notice";

interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, and whether it can be undone. */
  text: ReactNode;
  /** The verb, such as "Remove". */
  confirm: string;
  danger?: boolean;
  /** Does it. The dialog shows progress meanwhile, and says it in words when it fails. */
  onConfirm: () => Promise<unknown>;
  /** The words for an error. */
  explain: (error: unknown) => string;
}

/** Asks before something that can't easily be taken back. The safe answer has focus first. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onClose, title, text, confirm, danger = false, onConfirm, explain } = props;
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const safe = useRef<HTMLButtonElement>(null);
  const close = () => {
    setProblem(null);
    onClose();
  };
  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
      close();
    } catch (error) {
      setProblem(explain(error));
    } finally {
      setBusy(false);
    }
  };
  const footer = (
    <>
      <Button ref={safe} onClick={close}>
        {t("common.cancel")}
      </Button>
      <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={() => void run()}>
        {confirm}
      </Button>
    </>
  );
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      description={text}
      footer={footer}
      initialFocus={safe}
    >
      {problem !== null && <Notice tone="danger">{problem}</Notice>}
    </Dialog>
  );
}
