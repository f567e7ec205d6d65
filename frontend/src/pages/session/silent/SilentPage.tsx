import { EyeOff, Plus } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { TextArea } from "~/components/Field";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { type Drawer, useIdeas, type Waiting } from "~/hooks/useIdeas";
import type { RoomState } from "~/hooks/useRoom";
import { Problem } from "~/pages/Problem";
import { recall, remember } from "~/pages/session/remember";
import { IdeaItem, MOST_CHARS } from "~/pages/session/silent/IdeaItem";
import styles from "~/pages/session/silent/SilentPage.module.css";
import type { RoundState } from "~/sync/sessionState";

/** What waits to be sent, by round; and what is half written. */
const WAITING = "ideas.waiting";
const DRAFT = "ideas.draft";

function drawerOf(round: string): Drawer {
  return {
    read: () => {
      try {
        const kept: unknown = JSON.parse(recall(`${WAITING}.${round}`) ?? "[]");
        return Array.isArray(kept) ? kept.filter(isWaiting) : [];
      } catch {
        return [];
      }
    },
    write: (ideas) =>
      remember(`${WAITING}.${round}`, ideas.length > 0 ? JSON.stringify(ideas) : null),
  };
}

function isWaiting(kept: unknown): kept is Waiting {
  const { id, text } = (kept ?? {}) as Partial<Waiting>;
  return typeof id === "string" && typeof text === "string";
}

/** Which silent round somebody wrote in last, on a map: another round may be on when they come back. */
const LAST = "ideas.last";

/** The silent round of a map that somebody wrote in here and that the server lacks words of; null without one. */
export function roundWithUnsent(map: string): string | null {
  const round = recall(`${LAST}.${map}`);
  return round !== null && hasUnsent(round) ? round : null;
}

/** Whether somebody wrote something in a round here that the server has not got. */
export const hasUnsent = (round: string): boolean =>
  drawerOf(round).read().length > 0 || recall(`${DRAFT}.${round}`) !== null;

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
  useEffect(() => remember(`${LAST}.${map}`, round), [map, round]);
  const draftKey = `${DRAFT}.${round}`;
  const [text, setText] = useState(() => recall(draftKey) ?? "");
  const field = useRef<HTMLTextAreaElement>(null);
  const write = (next: string) => {
    setText(next);
    remember(draftKey, next === "" ? null : next);
  };
  const ideas = useIdeas({
    round,
    drawer,
    connected: room.status.phase === "open",
    onRefused: (refused, error) => {
      toast({ title: explain(error), text: refused, tone: "danger" });
      const now = recall(draftKey) ?? "";
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
