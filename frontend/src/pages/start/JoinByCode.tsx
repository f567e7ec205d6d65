import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { TextField } from "~/components/Field";
import styles from "./JoinByCode.module.css";
import { readCode } from "./joinCode";

/** A box for the code on the wall. It takes the whole link as well. */
export function JoinByCode({ autoFocus = false }: { autoFocus?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = readCode(typed);
    if (code === null)
      setError(typed.trim() === "" ? t("start.join.empty") : t("start.join.malformed"));
    else void navigate({ to: "/join/$code", params: { code } });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextField
        label={t("start.join.label")}
        hint={t("start.join.hint")}
        error={error}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setError(null);
        }}
        className={styles.code}
        name="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="go"
        autoFocus={autoFocus}
      />
      <Button type="submit" variant="primary" size="l">
        {t("start.join.button")}
      </Button>
    </form>
  );
}
