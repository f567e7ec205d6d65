import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { RecordQueries, Records } from "~/api/types";
import { Notice } from "~/components/Notice";
import { useRecord, useRecordList } from "~/hooks/useRecords";
import { PATHS } from "~/pages/catalogue/paths";
import { titleOf } from "~/pages/catalogue/RecordLookup";
import styles from "./Sheet.module.css";

interface MergedProps {
  kind: "gap" | "solution";
  record: Records["gap" | "solution"];
  /** What the address asked for: a number, or an id. */
  asked: string;
}

/** Says where an old number leads, and what a record became that was merged. */
export function MergedNotice({ kind, record, asked }: MergedProps) {
  const { t } = useTranslation();
  const into = useRecord(kind, record.merged_into ?? "", record.merged_into !== null);
  const isOld = /^[a-z]{3}-\d+$/i.test(asked) && asked.toUpperCase() !== record.number;
  if (isOld) {
    const old = asked.toUpperCase();
    return (
      <Notice title={t("catalogue.sheet.mergedAway", { old, number: record.number })}>
        {t("catalogue.sheet.mergedAwayText", { number: record.number })}
      </Notice>
    );
  }
  if (!into.data) return null;
  const { number } = into.data;
  return (
    <Notice
      tone="warn"
      title={t("catalogue.sheet.mergedAway", { old: record.number, number })}
      action={
        <Link to={PATHS[kind]} params={{ id: number }}>
          {t("catalogue.sheet.openKept")}: {number} {titleOf(into.data)}
        </Link>
      }
    >
      {t("catalogue.sheet.isMerged")}
    </Notice>
  );
}

/** The numbers that lead here because their records were merged into this one. */
export function Aliases({ kind, record }: Omit<MergedProps, "asked">) {
  const { t } = useTranslation();
  const query = { state: "merged", merged_into: record.id, limit: 50 };
  const list = useRecordList(kind, query as RecordQueries["gap" | "solution"]);
  if (list.items.length === 0) return null;
  return (
    <p className={styles.small}>
      {t("catalogue.sheet.aliases")}:{" "}
      {list.items.map((it, index) => (
        <span key={it.id}>
          {index > 0 && ", "}
          <Link to={PATHS[kind]} params={{ id: it.id }}>
            {it.number}
          </Link>{" "}
          {titleOf(it)}
        </span>
      ))}
    </p>
  );
}
