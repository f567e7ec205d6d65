import { Check, Pencil, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Idea } from "~/api/types";
import { TextField } from "~/components/Field";
import { IconButton } from "~/components/IconButton";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import styles from "~/pages/session/silent/SilentPage.module.css";

interface IdeaItemProps {
  idea: Idea;
  onChange: (text: string) => Promise<unknown>;
  onRemove: () => void;
}

/** One idea of one's own: read, changed, taken back. */
export function IdeaItem({ idea, onChange, onRemove }: IdeaItemProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const [text, setText] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
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
  if (text !== null) {
    return (
      <li className={styles.item}>
        <form className={styles.edit} onSubmit={save}>
          <TextField
            label={t("run.silent.editing")}
            hideLabel
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => event.key === "Escape" && setText(null)}
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
