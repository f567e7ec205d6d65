import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fit, Records } from "~/api/types";
import { RecordDialog } from "~/pages/catalogue/form/RecordDialog";
import { titleOf } from "~/pages/catalogue/RecordLookup";

interface ProposeDialogProps {
  /** From which side: a gap or a solution. */
  kind: "gap" | "solution";
  record: Records["gap" | "solution"];
  onClose: () => void;
}

/** Proposes a fit from one of its two sides. The server's table has a field for the other one. */
export function ProposeDialog({ kind, record, onClose }: ProposeDialogProps) {
  const { t } = useTranslation();
  const [given] = useState({ [kind]: record.id });
  return (
    <RecordDialog
      kind="fit"
      title={t("catalogue.fits.propose")}
      record={null}
      given={given}
      without={["reason"]}
      description={`${record.number} ${titleOf(record)}`}
      onClose={onClose}
    />
  );
}

/** Changes what a fit says; its gap and its solution stay. */
export function EditFitDialog({ fit, onClose }: { fit: Fit; onClose: () => void }) {
  const { t } = useTranslation();
  const isRejected = fit.state === "rejected";
  return (
    <RecordDialog
      kind="fit"
      title={t("catalogue.form.edit", { number: fit.number })}
      record={fit}
      without={isRejected ? [] : ["reason"]}
      description={`${fit.gap.number} ${fit.gap.title} ↔ ${fit.solution.number} ${fit.solution.title}`}
      onClose={onClose}
    />
  );
}
