import { Flag } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { TextField } from "~/components/Field";
import { formatTime } from "~/components/format";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useCheckpoints, useMakeCheckpoint } from "~/hooks/useLeading";
import styles from "~/pages/session/run/RunPanel.module.css";

/** The map's checkpoints: one by itself at the end of each round, others by hand. */
export function Checkpoints({ map, round }: { map: string; round: string | null }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const list = useCheckpoints(map, round);
  const make = useMakeCheckpoint(map);
  const [title, setTitle] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === "") return;
    make.mutate(title.trim(), {
      onSuccess: () => setTitle(""),
      onError: (error) => toast({ title: explain(error), tone: "danger" }),
    });
  };
  return (
    <section className={styles.section} aria-label={t("run.checkpoint.title")}>
      <h3>{t("run.checkpoint.title")}</h3>
      <form className={styles.make} onSubmit={submit}>
        <TextField
          label={t("run.checkpoint.name")}
          hideLabel
          placeholder={t("run.checkpoint.name")}
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.target.value)}
        />
        <Button type="submit" icon={Flag} size="s" busy={make.isPending}>
          {t("run.checkpoint.make")}
        </Button>
      </form>
      {list.items.length === 0 ? (
        <p className={styles.muted}>{t("run.checkpoint.empty")}</p>
      ) : (
        <ul className={styles.list}>
          {list.items.map(({ id, title: name, at }) => (
            <li key={id} className={styles.row}>
              <span className={styles.grow} dir="auto">
                {name}
              </span>
              <time className={styles.muted} dateTime={at}>
                {formatTime(at)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
