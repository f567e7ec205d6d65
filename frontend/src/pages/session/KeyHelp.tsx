import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "~/components/Dialog";
import type { map } from "~/messages/en/map";
import styles from "~/pages/session/KeyHelp.module.css";
import { keyParts } from "~/pages/session/keys/label";
import { BINDINGS, type Binding, GROUPS } from "~/pages/session/keys/table";

const EDITING = [
  ["commit", "Enter"],
  ["cancel", "Escape"],
  ["newline", "Shift+Enter"],
  ["child", "Tab"],
] as const;
const MOUSE = ["pan", "zoom", "drag", "menu", "marquee", "copy"] as const;

/** A line of the help: one that stands under a heading, and so has words. */
type Shown = Binding & { command: keyof typeof map.help.command };

/** All keys of the map, drawn from the table that the map listens by. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onClose={onClose} title={t("map.help.title")} wide>
      <div className={styles.columns}>
        {GROUPS.map((group) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.heading}>{t(`map.help.group.${group}`)}</h3>
            <dl className={styles.list}>
              {group === "write" && (
                <Line words={t("map.help.typingText")} keys={[t("map.help.typing")]} plain />
              )}
              {BINDINGS.filter((binding): binding is Shown => binding.group === group).map(
                ({ command, keys }) => (
                  <Line key={command} words={t(`map.help.command.${command}`)} keys={keys} />
                ),
              )}
            </dl>
          </section>
        ))}
        <section className={styles.group}>
          <h3 className={styles.heading}>{t("map.help.editing.title")}</h3>
          <dl className={styles.list}>
            {EDITING.map(([name, key]) => (
              <Line key={name} words={t(`map.help.editing.${name}`)} keys={[key]} />
            ))}
          </dl>
        </section>
        <section className={styles.group}>
          <h3 className={styles.heading}>{t("map.help.mouse.title")}</h3>
          <ul className={styles.plain}>
            {MOUSE.map((name) => (
              <li key={name}>{t(`map.help.mouse.${name}`)}</li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}

interface LineProps {
  words: string;
  keys: readonly string[];
  /** The keys are words and not the names of keys. */
  plain?: boolean;
}

function Line({ words, keys, plain = false }: LineProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.line}>
      <dt>{words}</dt>
      <dd className={styles.keys}>
        {keys.map((key, n) => (
          <Fragment key={key}>
            {n > 0 && <span className={styles.or}>{t("map.help.or")}</span>}
            {(plain ? [key] : keyParts(key)).map((part) => (
              <kbd key={part} className={styles.key}>
                {part}
              </kbd>
            ))}
          </Fragment>
        ))}
      </dd>
    </div>
  );
}
