import { Dices } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { JoinOffer } from "~/api/types";
import { Button } from "~/components/Button";
import { TextField } from "~/components/Field";
import { IconButton } from "~/components/IconButton";
import { Notice } from "~/components/Notice";
import { useFormProblem } from "~/hooks/useExplain";
import { useJoin, useOtherPseudonym } from "~/hooks/useJoin";
import styles from "./JoinPage.module.css";

/** A name, what to know before going in, and one button. */
export function JoinForm({ code, offer }: { code: string; offer: JoinOffer }) {
  const { t } = useTranslation();
  const join = useJoin(code);
  const another = useOtherPseudonym(code);
  // The name on offer is only the start: a later look at the offer must not change what was chosen.
  const [name, setName] = useState(offer.pseudonym);
  const [tried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const problem = useFormProblem(join.error, ["name"]);
  const nameless = name.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (nameless) field.current?.focus();
    else if (!join.isPending) join.mutate(name.trim(), { onError: () => field.current?.focus() });
  };
  const rename = (value: string) => {
    join.reset();
    setName(value);
  };
  return (
    <form className={styles.card} onSubmit={submit} noValidate>
      {problem.rest !== null && <Notice tone="danger">{problem.rest}</Notice>}
      <div className={styles.name}>
        <TextField
          ref={field}
          label={t("join.name")}
          hint={t("join.nameHint")}
          error={tried && nameless ? t("join.noName") : problem.at("name")}
          value={name}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => rename(event.target.value)}
          className={styles.nameInput}
        />
        <IconButton
          icon={Dices}
          label={t("join.another")}
          busy={another.isPending}
          onClick={() => another.mutate(undefined, { onSuccess: rename })}
          className={styles.dice}
        />
      </div>
      <JoinNotice notice={offer.notice} />
      {offer.role === "viewer" && <Notice>{t("join.viewer")}</Notice>}
      <Button type="submit" variant="primary" size="l" wide busy={join.isPending}>
        {t("join.button")}
      </Button>
    </form>
  );
}

/** The server's notice word for word: joining says yes to it. */
function JoinNotice({ notice }: { notice: string }) {
  const { t } = useTranslation();
  const lines = notice.split(/\n+/).filter((line) => line.trim() !== "");
  return (
    <section className={styles.notice} aria-labelledby="join-notice">
      <h2 id="join-notice">{t("join.notice")}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line} dir="auto">
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}
