import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "~/api/types";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { Notice } from "~/components/Notice";
import { useFormProblem } from "~/hooks/useExplain";
import { useChangeSession } from "~/hooks/useSessions";
import { bodyOf, draftOf, SessionFields } from "./SessionFields";

/** Changes a session's details. Mounted while it is open, so that it starts from the newest state. */
export function EditSessionDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const { t } = useTranslation();
  const change = useChangeSession(session.id);
  const [draft, setDraft] = useState(draftOf(session));
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(change.error, ["title", "theme", "date", "place", "retain_until"]);
  const untitled = draft.title.trim() === "";
  const submit = () => {
    setTried(true);
    if (untitled) return;
    const { date, retainUntil } = draft;
    change.mutate(
      {
        version: session.version,
        ...bodyOf(draft),
        date: date === "" ? null : date,
        retain_until: retainUntil === "" ? null : retainUntil,
      },
      { onSuccess: onClose },
    );
  };
  const errorAt = (field: string) =>
    field === "title" && tried && untitled ? t("common.error.required") : problem.at(field);
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={change.isPending}>
        {t("sessions.form.save")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={t("sessions.form.editTitle")}
      onSubmit={submit}
      footer={footer}
    >
      {problem.rest !== null && <Notice tone="danger">{problem.rest}</Notice>}
      <SessionFields draft={draft} onChange={setDraft} errorAt={errorAt} />
    </Dialog>
  );
}
