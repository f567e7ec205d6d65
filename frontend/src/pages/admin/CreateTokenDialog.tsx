import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { CopyButton } from "~/components/CopyButton";
import { Dialog } from "~/components/Dialog";
import { TextField } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { Select } from "~/components/Select";
import { useFormProblem } from "~/hooks/useExplain";
import { useCreateToken } from "~/hooks/useTokens";
import styles from "./Admin.module.css";

const DAYS = ["7", "30", "90", "365"] as const;

/** Makes a token, then shows its secret this one time. */
export function CreateTokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCreateToken();
  const [name, setName] = useState("");
  const [days, setDays] = useState<(typeof DAYS)[number]>("30");
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(create.error, ["name", "days"]);
  const nameless = name.trim() === "";
  if (create.data) return <SecretDialog secret={create.data.secret} onClose={onClose} />;
  const submit = () => {
    setTried(true);
    if (!nameless) create.mutate({ name: name.trim(), days: Number(days) });
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={create.isPending}>
        {t("admin.tokens.createButton")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("admin.tokens.create")}
      onSubmit={submit}
      footer={footer}
    >
      {problem.rest !== null && <Notice tone="danger">{problem.rest}</Notice>}
      <TextField
        label={t("admin.tokens.name")}
        hint={t("admin.tokens.nameHint")}
        error={tried && nameless ? t("admin.tokens.noName") : problem.at("name")}
        value={name}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      <Select
        label={t("admin.tokens.days")}
        value={days}
        options={DAYS.map((value) => ({
          value,
          label: t("admin.tokens.daysOption", { count: Number(value) }),
        }))}
        onChange={setDays}
      />
    </Dialog>
  );
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const footer = (
    <>
      <Button onClick={onClose}>{t("admin.tokens.done")}</Button>
      <CopyButton text={secret} label={t("admin.tokens.copy")} variant="primary" />
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("admin.tokens.secretTitle")}
      description={t("admin.tokens.secretText")}
      footer={footer}
    >
      <div>
        <span id={id} className="visually-hidden">
          {t("admin.tokens.secretLabel")}
        </span>
        <output aria-labelledby={id} className={styles.secret}>
          {secret}
        </output>
      </div>
    </Dialog>
  );
}
