import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useFormProblem } from "~/hooks/useExplain";
import { useCreateSession } from "~/hooks/useSessions";
import { BLANK, TemplateField } from "./agenda/TemplateField";
import { GroupsField } from "./GroupsField";
import { bodyOf, draftOf, SessionFields } from "./SessionFields";
import styles from "./SessionFields.module.css";

/** Makes a session and goes to it. Mounted while it is open, so that it starts empty each time. */
export function CreateSessionDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = useCreateSession();
  const [draft, setDraft] = useState(draftOf());
  const [groups, setGroups] = useState<string[]>([]);
  const [template, setTemplate] = useState(BLANK);
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(create.error, [
    "title",
    "theme",
    "date",
    "place",
    "retain_until",
    "groups",
  ]);
  const untitled = draft.title.trim() === "";
  const submit = () => {
    setTried(true);
    if (untitled || groups.length === 0) return;
    const { date, retainUntil } = draft;
    create.mutate(
      {
        ...bodyOf(draft),
        groups,
        ...(template !== BLANK && { template }),
        ...(date !== "" && { date }),
        ...(retainUntil !== "" && { retain_until: retainUntil }),
      },
      {
        onSuccess: (session) => {
          toast({ title: t("sessions.form.created") });
          void navigate({ to: "/sessions/$id", params: { id: session.id } });
        },
      },
    );
  };
  const errorAt = (field: string) =>
    field === "title" && tried && untitled ? t("common.error.required") : problem.at(field);
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={create.isPending}>
        {t("sessions.form.create")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={t("sessions.form.createTitle")}
      onSubmit={submit}
      footer={footer}
    >
      {problem.rest !== null && <Notice tone="danger">{problem.rest}</Notice>}
      <TemplateField chosen={template} onChange={setTemplate} />
      <SessionFields draft={draft} onChange={setDraft} errorAt={errorAt} />
      <GroupsField
        chosen={groups}
        onChange={setGroups}
        error={tried && groups.length === 0 ? t("sessions.form.noGroup") : problem.at("groups")}
      />
      <p className={styles.rule}>{t("sessions.form.content")}</p>
    </Dialog>
  );
}
