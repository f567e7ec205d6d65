import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import { TextField } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { useFormProblem } from "~/hooks/useExplain";
import { useSetPassword } from "~/hooks/useMe";

/** The server asks for as many; said here so that nobody has to find out by sending. */
export const MIN_PASSWORD = 8;

/** What a password form knows and does. */
export interface PasswordForm {
  withCurrent: boolean;
  current: string;
  next: string;
  setCurrent: (value: string) => void;
  setNext: (value: string) => void;
  currentError: string | null;
  nextError: string | null;
  problem: string | null;
  busy: boolean;
  submit: () => void;
}

/** Setting a first password, or with `withCurrent` changing it. */
export function usePasswordForm(options: {
  withCurrent: boolean;
  onDone: () => void;
}): PasswordForm {
  const { withCurrent, onDone } = options;
  const { t } = useTranslation();
  const save = useSetPassword();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [tried, setTried] = useState(false);
  const refused =
    save.error instanceof ApiError && ["unauthenticated", "forbidden"].includes(save.error.code);
  const problem = useFormProblem(refused ? null : save.error, ["new", "current"]);
  const tooShort = tried && next.length < MIN_PASSWORD ? t("start.password.tooShort") : null;
  const submit = () => {
    setTried(true);
    if (next.length < MIN_PASSWORD) return;
    save.mutate({ next, ...(withCurrent && { current }) }, { onSuccess: onDone });
  };
  return {
    withCurrent,
    current,
    next,
    setCurrent,
    setNext,
    currentError: refused && withCurrent ? t("start.password.wrong") : problem.at("current"),
    nextError: tooShort ?? problem.at("new"),
    problem: problem.rest,
    busy: save.isPending,
    submit,
  };
}

/** The fields of a password form. */
export function PasswordFields({ form }: { form: PasswordForm }) {
  const { t } = useTranslation();
  return (
    <>
      {form.problem !== null && <Notice tone="danger">{form.problem}</Notice>}
      {form.withCurrent && (
        <TextField
          label={t("start.password.current")}
          type="password"
          autoComplete="current-password"
          value={form.current}
          error={form.currentError}
          onChange={(event) => form.setCurrent(event.target.value)}
        />
      )}
      <TextField
        label={t("start.password.next")}
        type="password"
        autoComplete="new-password"
        value={form.next}
        error={form.nextError}
        hint={t("start.password.hint")}
        onChange={(event) => form.setNext(event.target.value)}
      />
    </>
  );
}
