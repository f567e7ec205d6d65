import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { FieldValue, RecordKind, RecordShape } from "~/api/types";
import { formatDate } from "~/components/format";
import { useGroups } from "~/hooks/useGroups";
import { useRecord } from "~/hooks/useRecords";
import { PATHS } from "./paths";
import { titleOf } from "./RecordLookup";
import { same } from "./same";
import { useWords } from "./useWords";
import styles from "./ValueView.module.css";

interface ValueViewProps {
  kind: RecordKind;
  shape: RecordShape | undefined;
  /** A field's name, `state` or `tlp`. */
  field: string;
  value: FieldValue;
}

/** What a field holds, in the reader's words. */
export function ValueView({ kind, shape, field, value }: ValueViewProps) {
  const { t } = useTranslation();
  const words = useWords();
  const known = shape?.fields.find((it) => it.name === field);
  if (same(value, null))
    return <span className={styles.nothing}>{t("catalogue.history.nothing")}</span>;
  if (field === "state") return words.state(kind, String(value));
  if (field === "merged_into") return <RecordName kind={kind} id={String(value)} />;
  const list = Array.isArray(value) ? value : [String(value)];
  switch (known?.takes) {
    case "choice":
    case "choices":
      return list.map((it) => words.word(kind, field, it)).join(", ");
    case "groups":
      return <GroupNames ids={list} />;
    case "record":
      return <RecordName kind={(known.record ?? kind) as RecordKind} id={list[0] ?? ""} />;
    case "flag":
      return t("catalogue.sheet.yes");
    case "day":
      return formatDate(list[0] ?? "");
    case "url":
      return (
        <a href={list[0]} rel="noreferrer noopener" target="_blank" className={styles.link}>
          {list[0]}
        </a>
      );
    default:
      return <span dir="auto">{list.join(", ")}</span>;
  }
}

/** The names of groups. */
export function GroupNames({ ids }: { ids: readonly string[] }) {
  const groups = useGroups();
  return ids.map((id) => groups.items.find((it) => it.id === id)?.name ?? "…").join(", ");
}

/** A record that is known by its id: its number and title. */
function RecordName({ kind, id }: { kind: RecordKind; id: string }) {
  const isTitled = kind === "gap" || kind === "solution";
  const { data } = useRecord(isTitled ? kind : "gap", id, isTitled);
  if (!data) return <span>…</span>;
  return (
    <Link to={PATHS[kind]} params={{ id: data.number }} dir="auto">
      {data.number} {titleOf(data)}
    </Link>
  );
}
