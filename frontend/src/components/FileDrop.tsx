import type { LucideIcon } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "~/components/Button";
import { classes } from "~/components/classes";
import styles from "./FileDrop.module.css";

interface FileDropProps {
  icon: LucideIcon;
  /** What the button says. */
  label: string;
  hint: string;
  /** What else there is to know. */
  note?: string;
  /** The file that was chosen, where the choice can be another yet. */
  file?: string | null;
  /** The endings that are offered; all unless said. */
  accept?: string;
  /** Whether the button is what the page is for. */
  primary?: boolean;
  onFile: (file: File) => void;
}

/** Where a file is dropped, with a button that does the same. */
export function FileDrop({ icon, label, hint, file = null, onFile, ...more }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const [first] = files ?? [];
    if (first) onFile(first);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same.
    <div
      className={classes(styles.drop, over && styles.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {file === null ? (
        <span>{hint}</span>
      ) : (
        <p className={styles.name} dir="auto">
          {file}
        </p>
      )}
      <Button
        icon={icon}
        variant={more.primary ? "primary" : "secondary"}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      {more.note && <span className={styles.note}>{more.note}</span>}
      <input
        ref={input}
        type="file"
        hidden
        accept={more.accept}
        aria-label={label}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
    </div>
  );
}
