import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { useFormProblem } from "~/hooks/useExplain";
import { useSetPassword } from "~/hooks/useMe";

/** The server asks for as many; said here so that nobody has to find out by sending. */
export const MIN_PASSWORD = 8;

/** What a password form knows and does. */
export interface PasswordForm {
  asksCurrent: boolean;
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

/** Setting a first password, or with `withCurrent` changing it; with `endTokens` the API tokens end too. */
export function usePasswordForm(options: {
  withCurrent: boolean;
  endTokens?: boolean;
  onDone: () => void;
}): PasswordForm {
  const { withCurrent, endTokens = false, onDone } = options;
  const { t } = useTranslation();
  const save = useSetPassword();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [tried, setTried] = useState(false);
  const problem = useFormProblem(save.error, ["new", "current"]);
  // Whoever has a password must know it, also on the page of a link that signed them in.
  const [asked, setAsked] = useState(withCurrent);
  const asksCurrent = asked || problem.at("current") !== null;
  if (asksCurrent && !asked) setAsked(true);
  const tooShort = tried && next.length < MIN_PASSWORD ? t("start.password.tooShort") : null;
  const submit = () => {
    setTried(true);
    if (next.length < MIN_PASSWORD) return;
    save.mutate({ next, endTokens, ...(asksCurrent && { current }) }, { onSuccess: onDone });
  };
  return {
    asksCurrent,
    current,
    next,
    setCurrent,
    setNext,
    currentError: problem.at("current") && t("start.password.wrong"),
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
      {form.asksCurrent && (
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
