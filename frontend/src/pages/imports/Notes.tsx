import { useTranslation } from "react-i18next";
import type { Import, ImportNote } from "~/api/types";
import { type Column, Table } from "~/components/Table";
import { useImportNotes } from "~/hooks/useImports";
import { ListFrame } from "~/pages/ListFrame";

/** The lines that were not taken, or not whole, and what an undo left. */
export function Notes({ it }: { it: Import }) {
  const { t } = useTranslation();
  const n = it.rejected + it.remarks + it.left;
  const list = useImportNotes(it.id, it.state, n);
  if (n === 0) return null;
  const columns: Column<ImportNote>[] = [
    {
      key: "where",
      heading: t("imports.where"),
      cell: (note) => (note.line > 0 ? t("imports.line", { line: note.line }) : note.column),
    },
    {
      key: "column",
      heading: t("imports.mapping.column"),
      cell: (note) => (note.line > 0 ? note.column : ""),
    },
    {
      key: "reason",
      heading: t("imports.reason"),
      cell: (note) => <span dir="auto">{note.reason}</span>,
    },
  ];
  return (
    <section>
      <h2>{t("imports.notes")}</h2>
      <p>
        <a href={`/api/v1/imports/${it.id}/notes.csv`} download>
          {t("imports.notesCsv")}
        </a>
      </p>
      <ListFrame list={list} empty={null}>
        {(notes) => (
          <Table
            caption={t("imports.notes")}
            columns={columns}
            rows={notes}
            rowKey={(note) => `${note.line} ${note.column} ${note.reason}`}
          />
        )}
      </ListFrame>
    </section>
  );
}
