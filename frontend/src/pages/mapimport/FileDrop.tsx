import type { LucideIcon } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "~/components/Button";
import { classes } from "~/components/classes";
import styles from "./ImportMapDialog.module.css";

interface FileDropProps {
  icon: LucideIcon;
  /** What the button says. */
  label: string;
  hint: string;
  /** The file that was chosen. */
  file: string | null;
  onFile: (file: File) => void;
}

/** Where a file is dropped, with a button that does the same. */
export function FileDrop({ icon, label, hint, file, onFile }: FileDropProps) {
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
      <Button icon={icon} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".mm,.xmind,.opml,.xml,.md,.markdown,.txt,.json"
        aria-label={label}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
    </div>
  );
}
