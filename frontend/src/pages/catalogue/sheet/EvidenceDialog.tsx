import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Evidence, RecordKind } from "~/api/types";
import { useShape } from "~/hooks/useRecords";
import { RecordDialog } from "~/pages/catalogue/form/RecordDialog";

interface EvidenceDialogProps {
  /** What it is about. */
  target: { kind: RecordKind; id: string };
  /** The evidence to change; none to add some. */
  evidence: Evidence | null;
  onClose: () => void;
}

/** Adds evidence on a record, or changes it. */
export function EvidenceDialog({ target, evidence, onClose }: EvidenceDialogProps) {
  const { t } = useTranslation();
  const about = useShape(target.kind);
  const [given] = useState({ target: `${target.kind}:${target.id}` });
  const title = evidence
    ? t("catalogue.form.edit", { number: evidence.number })
    : t("catalogue.evidence.add");
  const fields = about?.fields.map((it) => it.name) ?? [];
  return (
    <RecordDialog
      kind="evidence"
      title={title}
      record={evidence}
      {...(evidence === null && { given })}
      options={{ field: fields }}
      onClose={onClose}
    />
  );
}
