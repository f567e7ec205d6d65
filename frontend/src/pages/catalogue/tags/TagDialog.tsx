import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Tag } from "~/api/types";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { TextArea, TextField } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useFormProblem } from "~/hooks/useExplain";
import { useSaveTag } from "~/hooks/useTags";

/** Makes a tag, or changes what it is called and means; its scheme is said once. */
export function TagDialog({ tag, onClose }: { tag: Tag | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveTag();
  const [name, setName] = useState(tag?.name ?? "");
  const [scheme, setScheme] = useState(tag?.scheme ?? "");
  const [about, setAbout] = useState(tag?.about ?? "");
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(save.error, ["name", "scheme", "about"]);
  const isUnnamed = name.trim() === "";
  const submit = () => {
    setTried(true);
    if (isUnnamed) return;
    const said = { name: name.trim(), about: about.trim() };
    const body = tag
      ? { id: tag.id, version: tag.version, ...said }
      : { id: null, scheme: scheme.trim(), ...said };
    save.mutate(body, {
      onSuccess: ({ label }) => {
        toast({ title: t("catalogue.tags.saved", { name: label }) });
        onClose();
      },
    });
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={save.isPending}>
        {t(tag ? "common.save" : "common.create")}
      </Button>
    </>
  );
  const title = tag ? t("catalogue.tags.edit", { name: tag.label }) : t("catalogue.tags.create");
  return (
    <Dialog open onClose={onClose} title={title} onSubmit={submit} footer={footer}>
      {problem.rest !== null && <Notice tone="danger">{problem.rest}</Notice>}
      <TextField
        label={t("catalogue.tags.name")}
        error={tried && isUnnamed ? t("catalogue.tags.noName") : problem.at("name")}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.target.value)}
      />
      {!tag && (
        <TextField
          label={t("catalogue.tags.scheme")}
          hint={t("catalogue.tags.schemeHint")}
          error={problem.at("scheme")}
          optional
          value={scheme}
          maxLength={39}
          onChange={(event) => setScheme(event.target.value)}
        />
      )}
      <TextArea
        label={t("catalogue.tags.about")}
        error={problem.at("about")}
        optional
        value={about}
        maxLength={2000}
        onChange={(event) => setAbout(event.target.value)}
      />
    </Dialog>
  );
}
