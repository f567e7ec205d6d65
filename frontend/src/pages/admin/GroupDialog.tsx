import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Group } from "~/api/types";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { TextArea, TextField } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useFormProblem } from "~/hooks/useExplain";
import { useChangeGroup, useCreateGroup } from "~/hooks/useGroups";

/** Makes a group, or changes one. */
export function GroupDialog({ group, onClose }: { group: Group | null; onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCreateGroup();
  const change = useChangeGroup();
  const [draft, setDraft] = useState({
    name: group?.name ?? "",
    scope: group?.scope ?? "",
    origin: group?.origin ?? "",
  });
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(create.error ?? change.error, ["name", "scope", "origin"]);
  const nameless = draft.name.trim() === "";
  const submit = () => {
    setTried(true);
    if (nameless) return;
    const onSuccess = () => {
      toast({ title: t("admin.groups.saved", { name: draft.name.trim() }) });
      onClose();
    };
    if (group) change.mutate({ id: group.id, version: group.version, ...draft }, { onSuccess });
    else create.mutate(draft, { onSuccess });
  };
  const field = (name: keyof typeof draft) => ({
    autoComplete: "off",
    value: draft[name],
    error: problem.at(name),
    onChange: (event: { target: { value: string } }) =>
      setDraft({ ...draft, [name]: event.target.value }),
  });
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={create.isPending || change.isPending}>
        {t(group ? "common.save" : "admin.groups.createButton")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={group ? t("admin.groups.edit", { name: group.name }) : t("admin.groups.create")}
      onSubmit={submit}
      footer={footer}
    >
      {problem.rest !== null && <Notice tone="danger">{problem.rest}</Notice>}
      <TextField
        label={t("admin.groups.name")}
        {...field("name")}
        error={tried && nameless ? t("admin.groups.noName") : problem.at("name")}
      />
      <TextArea label={t("admin.groups.scope")} optional {...field("scope")} />
      <TextField label={t("admin.groups.origin")} optional {...field("origin")} />
    </Dialog>
  );
}
