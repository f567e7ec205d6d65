import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Light } from "~/api/types";
import { LightMark } from "~/components/Light";
import { DegreeMark } from "~/pages/catalogue/DegreeMark";
import { PATHS } from "~/pages/catalogue/paths";
import { useWords } from "~/pages/catalogue/useWords";
import styles from "./Coverage.module.css";
import type { Grid } from "./matrix";

/** The matrix as a table of words and links: for the keyboard, for those who hear it, and for paper. */
export function MatrixTable({ grid }: { grid: Grid }) {
  const { t } = useTranslation();
  const words = useWords();
  const at = new Map(grid.cells.map((it) => [`${it.row} ${it.column}`, it]));
  return (
    <section
      className={styles.scroll}
      aria-label={t("catalogue.coverage.matrix")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
    >
      <table className={styles.table}>
        <caption className="visually-hidden">{t("catalogue.coverage.matrixText")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("catalogue.one.gap")}</th>
            {grid.solutions.map((it) => (
              <th key={it.id} scope="col">
                <Link to={PATHS.solution} params={{ id: it.number }}>
                  {it.number}
                </Link>{" "}
                {it.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.gaps.map((gap, row) => (
            <tr key={gap.id}>
              <th scope="row">
                <LightMark light={gap.light as Light} named />{" "}
                <Link to={PATHS.gap} params={{ id: gap.number }}>
                  {gap.number}
                </Link>{" "}
                {gap.title}
              </th>
              {grid.solutions.map((solution, column) => {
                const cell = at.get(`${row} ${column}`);
                return (
                  <td key={solution.id}>
                    {cell && (
                      <Link to={PATHS.fit} params={{ id: cell.fit }} className={styles.cell}>
                        <DegreeMark degree={cell.degree} state={cell.state} words />
                        {cell.state !== "accepted" && <span>{words.state("fit", cell.state)}</span>}
                      </Link>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
