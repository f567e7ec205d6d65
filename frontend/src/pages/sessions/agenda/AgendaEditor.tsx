import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "~/api/client";
import type { Agenda } from "~/api/types";
import { Button } from "~/components/Button";
import { Dialog } from "~/components/Dialog";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useAgenda, useChangeAgenda } from "~/hooks/useAgenda";
import { useExplain } from "~/hooks/useExplain";
import styles from "~/pages/sessions/agenda/Agenda.module.css";
import { bodyOf, problemOf } from "~/pages/sessions/agenda/draft";
import { RoundItem } from "~/pages/sessions/agenda/RoundItem";
import { useRounds } from "~/pages/sessions/agenda/useRounds";

interface AgendaEditorProps {
  session: string;
  agenda: Agenda;
  onClose: () => void;
}

/** Plans a session's rounds. They are saved as a whole; where somebody else was first, one decides. */
export function AgendaEditor({ session, agenda, onClose }: AgendaEditorProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const change = useChangeAgenda(session);
  const newest = useAgenda(session).data ?? agenda;
  const [version, setVersion] = useState(agenda.version);
  const list = useRounds(agenda);
  const [tried, setTried] = useState(false);
  const stale = change.error instanceof ApiError && change.error.code === "stale";
  const save = (from: number) => {
    setTried(true);
    const wrong = list.rounds.find((round) => problemOf(round) !== null);
    if (wrong) return list.open(wrong.key);
    change.mutate(
      { version: from, rounds: list.rounds.map(bodyOf) },
      {
        onSuccess: () => {
          toast({ title: t("agenda.saved") });
          onClose();
        },
      },
    );
  };
  const takeTheirs = () => {
    setVersion(newest.version);
    list.reset(newest);
    change.reset();
  };
  const footer = (
    <>
      <Button onClick={onClose}>{t("common.cancel")}</Button>
      <Button type="submit" variant="primary" busy={change.isPending}>
        {t("agenda.save")}
      </Button>
    </>
  );
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("agenda.edit")}
      description={<span className={styles.keys}>{t("agenda.keys")}</span>}
      onSubmit={() => save(version)}
      footer={footer}
    >
      {stale && <Conflict onTheirs={takeTheirs} onMine={() => save(newest.version)} />}
      {change.error && !stale && <Notice tone="danger">{explain(change.error)}</Notice>}
      <ol className={styles.editor}>
        {list.rounds.map((round, n) => (
          <RoundItem key={round.key} {...{ round, n, list, tried }} />
        ))}
      </ol>
      <Button icon={Plus} size="s" onClick={list.add}>
        {t("agenda.add")}
      </Button>
      <p className="visually-hidden" role="status">
        {list.news !== null && t("agenda.moved", { n: list.news + 1, of: list.rounds.length })}
      </p>
    </Dialog>
  );
}

function Conflict({ onTheirs, onMine }: { onTheirs: () => void; onMine: () => void }) {
  const { t } = useTranslation();
  return (
    <Notice
      tone="danger"
      title={t("agenda.conflict")}
      action={
        <>
          <Button size="s" onClick={onTheirs}>
            {t("agenda.takeTheirs")}
          </Button>
          <Button size="s" onClick={onMine}>
            {t("agenda.keepMine")}
          </Button>
        </>
      }
    >
      {t("agenda.conflictText")}
    </Notice>
  );
}
