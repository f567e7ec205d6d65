import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NewUser } from "~/api/types";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { TextField } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { Select } from "~/components/Select";
import { toast } from "~/components/Toast";
import { useFormProblem } from "~/hooks/useExplain";
import { useCreateUser } from "~/hooks/useUsers";
import { MIN_PASSWORD } from "~/pages/start/PasswordFields";
import { ROLES } from "./roles";

type Draft = Record<"name" | "email" | "password", string> & Pick<NewUser, "role">;

/** Makes an account with a first password. */
export function CreateUserDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCreateUser();
  const [draft, setDraft] = useState<Draft>({
    name: "",
    email: "",
    role: "facilitator",
    password: "",
  });
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(create.error, ["name", "email", "password"]);
  const missing = {
    name: draft.name.trim() === "" ? t("admin.users.form.noName") : null,
    email: /^\S+@\S+$/.test(draft.email.trim()) ? null : t("admin.users.form.noEmail"),
    password: draft.password.length < MIN_PASSWORD ? t("start.password.tooShort") : null,
  };
  const submit = () => {
    setTried(true);
    if (missing.name || missing.email || missing.password) return;
    const done = (user: { name: string }) => {
      toast({ title: t("admin.users.form.created", { name: user.name }) });
      onClose();
    };
    create.mutate(
      { ...draft, name: draft.name.trim(), email: draft.email.trim() },
      { onSuccess: done },
    );
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={create.isPending}>
        {t("admin.users.form.create")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("admin.users.form.title")}
      onSubmit={submit}
      footer={footer}
    >
      {problem.rest !== null && <Notice tone="danger">{problem.rest}</Notice>}
      <UserFields
        draft={draft}
        onChange={setDraft}
        errorAt={(field) => (tried ? missing[field] : null) ?? problem.at(field)}
      />
    </Dialog>
  );
}

interface UserFieldsProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  errorAt: (field: "name" | "email" | "password") => string | null;
}

function UserFields({ draft, onChange, errorAt }: UserFieldsProps) {
  const { t } = useTranslation();
  // Not this browser's own account: nothing of it is to be filled in or remembered.
  const field = (name: "name" | "email" | "password") => ({
    autoComplete: "off",
    spellCheck: false,
    value: draft[name],
    error: errorAt(name),
    onChange: (event: { target: { value: string } }) =>
      onChange({ ...draft, [name]: event.target.value }),
  });
  return (
    <>
      <TextField label={t("admin.users.name")} {...field("name")} />
      <TextField label={t("admin.users.email")} type="email" {...field("email")} />
      <Select
        label={t("admin.users.role")}
        value={draft.role}
        hint={t(`admin.users.roleHint.${draft.role}`)}
        options={ROLES.map((value) => ({ value, label: t(`common.role.${value}`) }))}
        onChange={(role) => onChange({ ...draft, role })}
      />
      <TextField
        label={t("admin.users.form.password")}
        hint={t("admin.users.form.passwordHint")}
        {...field("password")}
      />
    </>
  );
}
