import { useTranslation } from "react-i18next";
import type { RecordChange, RecordKind } from "~/api/types";
import { DOT, formatDateTime } from "~/components/format";
import { useRecordHistory, useShape } from "~/hooks/useRecords";
import { useWords } from "~/pages/catalogue/useWords";
import { ValueView } from "~/pages/catalogue/ValueView";
import { ListFrame } from "~/pages/ListFrame";
import { Section } from "~/pages/sessions/Section";
import styles from "./Sheet.module.css";
import { useActor } from "./useActor";

/** How a record came to be as it is, the last change first. */
export function HistorySection({ kind, id }: { kind: RecordKind; id: string }) {
  const { t } = useTranslation();
  const list = useRecordHistory(kind, id);
  return (
    <Section title={t("catalogue.history.title")}>
      <ListFrame list={list} empty={<p className={styles.small}>{t("catalogue.history.none")}</p>}>
        {(changes) => (
          <ol className={styles.history}>
            {changes.map((it) => (
              <Version key={it.version} kind={kind} change={it} />
            ))}
          </ol>
        )}
      </ListFrame>
    </Section>
  );
}

function Version({ kind, change }: { kind: RecordKind; change: RecordChange }) {
  const { t } = useTranslation();
  const words = useWords();
  const shape = useShape(kind);
  const actor = useActor();
  const what = change.version === 1 ? t("catalogue.history.made") : words.cause(change.cause);
  return (
    <li>
      <p className={styles.small}>
        <strong>{what}</strong>
        {DOT}
        {formatDateTime(change.at)}
        {DOT}
        {actor(change.by)}
        {DOT}
        {t("catalogue.sheet.version", { version: change.version })}
      </p>
      {change.changes.length > 0 && (
        <dl className={styles.changes}>
          {change.changes.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{words.field(field)}</dt>
              <dd>
                <del>
                  <span className="visually-hidden">{t("catalogue.history.before")}: </span>
                  <ValueView kind={kind} shape={shape} field={field} value={before as never} />
                </del>
                <span aria-hidden="true"> → </span>
                <ins>
                  <span className="visually-hidden">{t("catalogue.history.after")}: </span>
                  <ValueView kind={kind} shape={shape} field={field} value={after as never} />
                </ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}
