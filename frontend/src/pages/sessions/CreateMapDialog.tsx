import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { TextField } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { useFormProblem } from "~/hooks/useExplain";
import { useCreateMap } from "~/hooks/useMaps";

/** Makes an empty map in a session. */
export function CreateMapDialog({ session, onClose }: { session: string; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCreateMap(session);
  const [title, setTitle] = useState("");
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(create.error, ["title"]);
  const untitled = title.trim() === "";
  const submit = () => {
    setTried(true);
    if (!untitled) create.mutate(title.trim(), { onSuccess: onClose });
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={create.isPending}>
        {t("common.create")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("sessions.maps.create")}
      onSubmit={submit}
      footer={footer}
    >
      {problem.rest !== null && <Notice tone="danger">{problem.rest}</Notice>}
      <TextField
        label={t("sessions.maps.name")}
        hint={t("sessions.maps.nameHint")}
        error={tried && untitled ? t("common.error.required") : problem.at("title")}
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.target.value)}
      />
    </Dialog>
  );
}
