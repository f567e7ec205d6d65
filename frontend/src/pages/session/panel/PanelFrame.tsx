import { X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/components/IconButton";
import styles from "~/pages/session/NodePanel.module.css";

interface PanelFrameProps {
  /** What the panel is about. */
  title: string;
  onClose?: (() => void) | undefined;
  children: ReactNode;
}

/** The panel beside the map, with its head. */
export function PanelFrame({ title, onClose, children }: PanelFrameProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id}>{title}</h2>
        {onClose && (
          <IconButton icon={X} label={t("outline.panel.close")} size="s" onClick={onClose} />
        )}
      </header>
      {children}
    </section>
  );
}
