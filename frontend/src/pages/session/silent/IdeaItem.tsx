import { Check, Pencil, Trash2 } from "lucide-react";
import { type KeyboardEvent, type SyntheticEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Idea } from "~/api/types";
import { TextArea } from "~/components/Field";
import { IconButton } from "~/components/IconButton";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import styles from "~/pages/session/silent/SilentPage.module.css";

interface IdeaItemProps {
  idea: Idea;
  onChange: (text: string) => Promise<unknown>;
  onRemove: () => void;
}

/** The most characters of an idea. */
export const MOST_CHARS = 500;

/** One idea of one's own: read, changed, taken back. */
export function IdeaItem({ idea, onChange, onRemove }: IdeaItemProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const [text, setText] = useState<string | null>(null);
  const save = async (event: SyntheticEvent) => {
    event.preventDefault();
    const next = text?.trim() ?? "";
    if (next === "" || next === idea.text) return setText(null);
    try {
      await onChange(next);
      setText(null);
    } catch (error) {
      toast({ title: explain(error), tone: "danger" });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") setText(null);
    // As where it was written: lines of one idea are parted by Shift+Enter.
    if (event.key === "Enter" && !event.shiftKey) void save(event);
  };
  if (text !== null) {
    return (
      <li className={styles.item}>
        <form className={styles.edit} onSubmit={save}>
          <TextArea
            label={t("run.silent.editing")}
            hideLabel
            autoFocus
            rows={2}
            value={text}
            maxLength={MOST_CHARS}
            enterKeyHint="done"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <IconButton type="submit" icon={Check} size="s" label={t("run.silent.save")} />
        </form>
      </li>
    );
  }
  return (
    <li className={styles.item}>
      <span className={styles.words} dir="auto">
        {idea.text}
      </span>
      <IconButton
        icon={Pencil}
        size="s"
        label={t("run.silent.edit", { text: idea.text })}
        onClick={() => setText(idea.text)}
      />
      <IconButton
        icon={Trash2}
        size="s"
        label={t("run.silent.remove", { text: idea.text })}
        onClick={onRemove}
      />
    </li>
  );
}
