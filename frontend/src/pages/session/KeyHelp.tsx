import { Fragment, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "~/components/Dialog";
import type { map } from "~/messages/en/map";
import styles from "~/pages/session/KeyHelp.module.css";
import { keyParts } from "~/pages/session/keys/label";
import { BINDINGS, type Command, GROUPS, type Group, TOGETHER } from "~/pages/session/keys/table";

const EDITING = [
  ["commit", "Enter"],
  ["cancel", "Escape"],
  ["newline", "Shift+Enter"],
  ["child", "Tab"],
] as const;
const LINKING = [
  ["walk", "ArrowDown"],
  ["toggle", "Enter"],
  ["newGap", "N"],
  ["close", "Escape"],
  ["board", "J, K, ←, →"],
  ["decide", "C, R"],
] as const;
const MOUSE = ["pan", "zoom", "drag", "menu", "marquee", "copy"] as const;

type Words = keyof typeof map.help.command;

/** The lines under a heading: commands that belong together share one. */
function linesOf(group: Group): { words: Words; keys: readonly string[]; together: boolean }[] {
  const lines = new Map<Words, { words: Words; keys: readonly string[]; together: boolean }>();
  for (const { command, keys } of BINDINGS.filter((binding) => binding.group === group)) {
    const shared = SHARED.get(command);
    const words = shared ?? (command as Words);
    const before = lines.get(words)?.keys ?? [];
    lines.set(words, { words, keys: [...before, ...keys], together: shared !== undefined });
  }
  return [...lines.values()];
}

const SHARED = new Map<Command, keyof typeof TOGETHER>(
  (Object.keys(TOGETHER) as (keyof typeof TOGETHER)[]).flatMap((words) =>
    TOGETHER[words].map((command) => [command, words] as const),
  ),
);

/** All keys of the map, drawn from the table that the map listens by. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const columns = useRef<HTMLDivElement>(null);
  return (
    <Dialog open={open} onClose={onClose} title={t("map.help.title")} wide initialFocus={columns}>
      <div ref={columns} tabIndex={-1} className={styles.columns}>
        {GROUPS.map((group) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.heading}>{t(`map.help.group.${group}`)}</h3>
            <dl className={styles.list}>
              {group === "write" && (
                <Line words={t("map.help.typingText")} keys={[t("map.help.typing")]} plain />
              )}
              {linesOf(group).map(({ words, keys, together }) => (
                <Line
                  key={words}
                  words={t(`map.help.command.${words}`)}
                  keys={keys}
                  together={together}
                />
              ))}
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
          <h3 className={styles.heading}>{t("link.help.title")}</h3>
          <dl className={styles.list}>
            {LINKING.map(([name, key]) => (
              <Line key={name} words={t(`link.help.${name}`)} keys={key.split(", ")} together />
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
  /** The keys stand for several commands, and not one for another. */
  together?: boolean;
}

function Line({ words, keys, plain = false, together = false }: LineProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.line}>
      <dt>{words}</dt>
      <dd className={styles.keys}>
        {keys.map((key, n) => (
          <Fragment key={key}>
            {n > 0 && !together && <span className={styles.or}>{t("map.help.or")}</span>}
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
