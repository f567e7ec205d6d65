import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fit } from "~/api/types";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { TextArea } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useFormProblem } from "~/hooks/useExplain";
import { useSaveRecord } from "~/hooks/useRecords";
import { useWords } from "~/pages/catalogue/useWords";

/** Rejects a fit; the reason is kept with it. */
export function RejectDialog({ fit, onClose }: { fit: Fit; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const save = useSaveRecord("fit", fit.id);
  const [reason, setReason] = useState(fit.reason);
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(save.error, ["reason"]);
  const isEmpty = reason.trim() === "";
  const submit = () => {
    setTried(true);
    if (isEmpty) return;
    const state = "rejected";
    const done = () => {
      const now = words.state("fit", state);
      toast({ title: t("catalogue.sheet.moved", { number: fit.number, state: now }) });
      onClose();
    };
    save.mutate({ state, reason: reason.trim(), version: fit.version }, { onSuccess: done });
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="danger" busy={save.isPending}>
        {t("catalogue.fits.rejectButton")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("catalogue.fits.rejectTitle", { number: fit.number })}
      description={t("catalogue.fits.rejectText")}
      onSubmit={submit}
      footer={footer}
    >
      {problem.rest !== null && <Notice tone="danger">{problem.rest}</Notice>}
      <TextArea
        label={words.field("reason")}
        error={tried && isEmpty ? t("catalogue.fits.needsReason") : problem.at("reason")}
        value={reason}
        maxLength={2000}
        onChange={(event) => setReason(event.target.value)}
      />
    </Dialog>
  );
}
