import { ListOrdered } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Agenda, Round, Session } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Button } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { Spinner } from "~/components/Spinner";
import { useAgenda } from "~/hooks/useAgenda";
import { Problem } from "~/pages/Problem";
import styles from "~/pages/sessions/agenda/Agenda.module.css";
import { AgendaEditor } from "~/pages/sessions/agenda/AgendaEditor";
import { minutesOf } from "~/pages/sessions/agenda/draft";
import { Section } from "~/pages/sessions/Section";
import { METHODS } from "~/sync/sessionState";

/** The rounds that a session goes through. */
export function AgendaSection({ session, runs }: { session: Session; runs: boolean }) {
  const { t } = useTranslation();
  const query = useAgenda(session.id);
  const [editing, setEditing] = useState(false);
  const { data: agenda } = query;
  const edit = (words: "agenda.edit" | "agenda.plan") => (
    <Button size="s" onClick={() => setEditing(true)}>
      {t(words)}
    </Button>
  );
  const total = agenda ? minutesOf(agenda.rounds) : 0;
  return (
    <Section
      title={t("agenda.title")}
      {...(total > 0 && { beside: t("agenda.total", { count: total }) })}
      {...(runs && agenda && agenda.rounds.length > 0 && { actions: edit("agenda.edit") })}
    >
      {!agenda && !query.error && <Spinner label={t("common.loading")} />}
      {!agenda && query.error && <Problem error={query.error} retry={() => void query.refetch()} />}
      {agenda && agenda.rounds.length === 0 && (
        <EmptyState
          plain
          icon={ListOrdered}
          title={t("agenda.empty")}
          text={t("agenda.emptyText")}
          action={runs ? edit("agenda.plan") : undefined}
        />
      )}
      {agenda && agenda.rounds.length > 0 && <Rounds agenda={agenda} />}
      {editing && agenda && (
        <AgendaEditor session={session.id} agenda={agenda} onClose={() => setEditing(false)} />
      )}
    </Section>
  );
}

function Rounds({ agenda }: { agenda: Agenda }) {
  return (
    <ol className={styles.rounds}>
      {agenda.rounds.map((round, n) => (
        <RoundRow key={round.id} round={round} n={n + 1} />
      ))}
    </ol>
  );
}

function RoundRow({ round, n }: { round: Round; n: number }) {
  const { t } = useTranslation();
  const method = METHODS.find((it) => it === round.method) ?? "discuss";
  return (
    <li className={styles.round}>
      <span className={styles.n} aria-hidden="true">
        {n}
      </span>
      <div className={styles.words}>
        <p className={styles.title} dir="auto">
          {round.title}{" "}
          {round.state !== "waiting" && (
            <Badge tone={round.state === "running" ? "accent" : "neutral"}>
              {t(`run.state.${round.state === "running" ? "running" : "done"}`)}
            </Badge>
          )}
        </p>
        {round.prompt !== "" && (
          <p className={styles.meta} dir="auto">
            {round.prompt}
          </p>
        )}
      </div>
      <span className={styles.facts}>
        {t(`run.method.${method}`)}
        {round.minutes !== null && <span>{t("run.minutes", { count: round.minutes })}</span>}
      </span>
    </li>
  );
}
