import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { useExplain } from "~/hooks/useExplain";

/** Keeps a form from being left by accident. */
export interface Unsaved {
  /** From now on leaving is fine: it is saved, or given up. */
  release: () => void;
  /** Does what leaves the form, after asking where something is not saved. */
  leave: (go: () => void) => void;
  /** The question; it stands wherever the form does. */
  question: ReactNode;
}

/** Asks before what is not saved is left, by link, back button, reload or the form's own way out. */
export function useUnsaved(isDirty: boolean): Unsaved {
  const { t } = useTranslation();
  const explain = useExplain();
  const released = useRef(false);
  const [pending, setPending] = useState<(() => void) | null>(null);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty && !released.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty && !released.current,
    withResolver: true,
  });
  const stay = () => {
    setPending(null);
    blocker.reset?.();
  };
  const go = async () => {
    released.current = true;
    pending?.();
    blocker.proceed?.();
  };
  return {
    release: () => {
      released.current = true;
    },
    leave: (action) => (isDirty ? setPending(() => action) : action()),
    question: (
      <ConfirmDialog
        open={pending !== null || blocker.status === "blocked"}
        onClose={stay}
        title={t("catalogue.form.leaveTitle")}
        text={t("catalogue.form.leaveText")}
        confirm={t("catalogue.form.leave")}
        danger
        onConfirm={go}
        explain={explain}
      />
    ),
  };
}
