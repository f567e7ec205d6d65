import { EyeOff, Plus } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { TextArea } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useIdeas } from "~/hooks/useIdeas";
import type { RoomState } from "~/hooks/useRoom";
import { Problem } from "~/pages/Problem";
import { drawerOf, enterRound, keepDraft, readDraft } from "~/pages/session/silent/drawer";
import { IdeaItem, MOST_CHARS } from "~/pages/session/silent/IdeaItem";
import styles from "~/pages/session/silent/SilentPage.module.css";
import type { RoundState } from "~/sync/sessionState";

interface SilentPageProps {
  map: string;
  room: RoomState;
  round: Pick<RoundState, "id" | "revealed">;
  /** Shows the map, once all is revealed. */
  onLeave: () => void;
}

/**
 * In the map's place during a silent round: what one writes alone. Once all is revealed, what was
 * not sent in time, so that it is not lost.
 */
export function SilentPage(props: SilentPageProps) {
  const { map, room, onLeave } = props;
  const { id: round, revealed } = props.round;
  const { t } = useTranslation();
  const explain = useExplain();
  const drawer = useMemo(() => drawerOf(round), [round]);
  useEffect(() => enterRound(map, round), [map, round]);
  const [text, setText] = useState(() => readDraft(round));
  const field = useRef<HTMLTextAreaElement>(null);
  const write = (next: string) => {
    setText(next);
    keepDraft(round, next);
  };
  const ideas = useIdeas({
    round,
    drawer,
    connected: room.status.phase === "open",
    onRefused: (refused, error) => {
      toast({ title: explain(error), text: refused, tone: "danger" });
      const now = readDraft(round);
      write(now === "" ? refused : `${now}\n${refused}`);
    },
  });
  const leave = () => {
    write("");
    onLeave();
  };
  const add = () => {
    if (text.trim() === "" || revealed) return;
    ideas.add(text.trim());
    write("");
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    add();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add();
  };
  return (
    <div className={styles.page}>
      <section className={styles.sheet} aria-labelledby="silent-title">
        <h2 id="silent-title" className={styles.title}>
          <EyeOff aria-hidden="true" className={styles.icon} />
          {t(revealed ? "run.silent.late" : "run.silent.title")}
        </h2>
        <p className={styles.muted}>{t(revealed ? "run.silent.lateText" : "run.silent.text")}</p>
        <form className={styles.form} onSubmit={submit}>
          <TextArea
            ref={field}
            tabIndex={0} // The stage's keyboard goes here.
            label={t("run.silent.label")}
            hideLabel
            rows={2}
            placeholder={t("run.silent.placeholder")}
            value={text}
            maxLength={MOST_CHARS}
            enterKeyHint="send"
            onKeyDown={onKeyDown}
            onChange={(event) => write(event.target.value)}
          />
          {revealed ? (
            <Button variant="primary" onClick={leave}>
              {t("run.silent.leave")}
            </Button>
          ) : (
            <Button type="submit" icon={Plus} variant="primary" disabled={text.trim() === ""}>
              {t("run.silent.add")}
            </Button>
          )}
        </form>
        {ideas.waiting.length > 0 && room.status.phase !== "open" && (
          <Notice tone="warn">{t("run.silent.unsentText")}</Notice>
        )}
        {!revealed && <IdeaList ideas={ideas} />}
      </section>
    </div>
  );
}

function IdeaList({ ideas }: { ideas: ReturnType<typeof useIdeas> }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const onError = (error: unknown) => toast({ title: explain(error), tone: "danger" });
  const { data: sent, error, refetch } = ideas.list;
  if (sent?.length === 0 && ideas.waiting.length === 0) {
    return <p className={styles.muted}>{t("run.silent.empty")}</p>;
  }
  return (
    <>
      {!sent && error && <Problem error={error} retry={() => void refetch()} />}
      <ul className={styles.list} aria-label={t("run.silent.list")}>
        {sent?.map((idea) => (
          <IdeaItem
            key={idea.id}
            idea={idea}
            onChange={(text) => ideas.change.mutateAsync({ id: idea.id, text })}
            onRemove={() => ideas.remove.mutate(idea.id, { onError })}
          />
        ))}
        {ideas.waiting.map(({ id, text }) => (
          <li key={id} className={styles.item}>
            <span className={styles.words} dir="auto">
              {text}
            </span>
            <span className={styles.muted}>{t("run.silent.unsent")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
