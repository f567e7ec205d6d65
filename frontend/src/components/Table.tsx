import type { ReactNode } from "react";
import styles from "./Table.module.css";

/** A column: its heading, and what it shows of a row. */
export interface Column<Row> {
  key: string;
  heading: string;
  cell: (row: Row) => ReactNode;
  /** The heading is only spoken, as over a column of buttons. */
  quiet?: boolean;
  align?: "start" | "end";
}

interface TableProps<Row> {
  /** What the table lists, for those who hear it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

// On a phone the layout makes blocks of the rows, and in some browsers display: block takes a table's roles away.
const ROLES = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  cell: { role: "cell" },
} as const;

/** A table. The first column names the row; on a phone every row becomes a small card with its headings. */
export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} {...ROLES.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead {...ROLES.group}>
          <tr {...ROLES.row}>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={alignOf(column)}>
                <span className={column.quiet ? "visually-hidden" : undefined}>
                  {column.heading}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...ROLES.group}>
          {rows.map((row) => (
            <TableRow key={rowKey(row)} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TableRow<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  const [name, ...others] = columns;
  return (
    <tr {...ROLES.row}>
      {name && (
        <th scope="row" className={styles.name}>
          {name.cell(row)}
        </th>
      )}
      {others.map((column) => (
        <td
          key={column.key}
          {...ROLES.cell}
          className={alignOf(column)}
          data-heading={column.quiet ? undefined : column.heading}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

function alignOf<Row>(column: Column<Row>): string | undefined {
  return column.align === "end" ? styles.end : undefined;
}
