import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "~/api/types";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { TextField } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useSaveTemplate } from "~/hooks/useAgenda";
import { useFormProblem } from "~/hooks/useExplain";

/** Saves a session's agenda and first branches, to begin others with. */
export function SaveTemplateDialog({
  session,
  onClose,
}: {
  session: Session;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const save = useSaveTemplate(session.id);
  const [name, setName] = useState(session.title);
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(save.error, ["name"]);
  const nameless = name.trim() === "";
  const submit = () => {
    setTried(true);
    if (nameless) return;
    save.mutate(name.trim(), {
      onSuccess: () => {
        toast({ title: t("agenda.template.saved") });
        onClose();
      },
    });
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={save.isPending}>
        {t("common.save")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("agenda.template.saveAs")}
      description={t("agenda.template.saveText")}
      onSubmit={submit}
      footer={footer}
    >
      {problem.rest !== null && <Notice tone="danger">{problem.rest}</Notice>}
      <TextField
        label={t("agenda.template.name")}
        error={tried && nameless ? t("common.error.required") : problem.at("name")}
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  );
}
