import { Link, useNavigate } from "@tanstack/react-router";
import { type PointerEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Light } from "~/api/types";
import { LightMark } from "~/components/Light";
import { DegreeSign } from "~/pages/catalogue/DegreeMark";
import { PATHS } from "~/pages/catalogue/paths";
import { useWords } from "~/pages/catalogue/useWords";
import styles from "./Coverage.module.css";
import { type Cell, cellAt, type Grid } from "./matrix";

/** How wide a cell is, by the name of the size. */
export const SIZES = { m: 26, s: 18 } as const;

interface MatrixPictureProps {
  grid: Grid;
  size: keyof typeof SIZES;
}

interface Place {
  row: number;
  column: number;
}

/** The matrix as a picture. Its headings stay in view; what is pointed at is read out below it. */
export function MatrixPicture({ grid, size }: MatrixPictureProps) {
  const { t } = useTranslation();
  const [at, setAt] = useState<Place | null>(null);
  const cell = SIZES[size];
  const { gaps, solutions, cells } = grid;
  return (
    <>
      <section
        className={styles.scroll}
        aria-label={t("catalogue.coverage.matrix")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
      >
        <div className={styles.grid}>
          <div className={styles.corner} />
          <div className={styles.columns}>
            {solutions.map((it, column) => (
              <Link
                key={it.id}
                to={PATHS.solution}
                params={{ id: it.number }}
                className={styles.column}
                data-at={at?.column === column || undefined}
                title={`${it.number} ${it.title}`}
                style={{ width: cell }}
              >
                <span>
                  {it.number} {it.title}
                </span>
              </Link>
            ))}
          </div>
          <div className={styles.rows}>
            {gaps.map((gap, row) => (
              <Link
                key={gap.id}
                to={PATHS.gap}
                params={{ id: gap.number }}
                className={styles.row}
                data-at={at?.row === row || undefined}
                title={`${gap.number} ${gap.title}`}
                style={{ height: cell }}
              >
                <LightMark light={gap.light as Light} named />
                <span className={styles.rowTitle}>
                  {gap.number} {gap.title}
                </span>
              </Link>
            ))}
          </div>
          <Body
            grid={grid}
            cell={cell}
            at={at}
            onAt={setAt}
            label={t("catalogue.coverage.describe", {
              gaps: gaps.length,
              solutions: solutions.length,
              fits: cells.length,
            })}
          />
        </div>
      </section>
      <Reading grid={grid} at={at} />
    </>
  );
}

interface BodyProps {
  grid: Grid;
  cell: number;
  at: Place | null;
  onAt: (at: Place | null) => void;
  label: string;
}

function Body({ grid, cell, at, onAt, label }: BodyProps) {
  const navigate = useNavigate();
  const [width, height] = [grid.solutions.length, grid.gaps.length];
  const point = (event: { clientX: number; clientY: number; currentTarget: Element }) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: (event.clientX - box.left) / cell, y: (event.clientY - box.top) / cell };
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const { x, y } = point(event);
    const [row, column] = [Math.floor(y), Math.floor(x)];
    if (row !== at?.row || column !== at?.column) onAt({ row, column });
  };
  const open = (found: Cell | null) =>
    found && void navigate({ to: PATHS.fit, params: { id: found.fit } });
  const over = at && cellAt(grid, at.column, at.row);
  const lines = [
    ...Array.from({ length: height + 1 }, (_, i) => `M0 ${i * cell}H${width * cell}`),
    ...Array.from({ length: width + 1 }, (_, i) => `M${i * cell} 0V${height * cell}`),
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table beside the picture has the same as links.
    <svg
      role="img"
      aria-label={label}
      width={width * cell}
      height={height * cell}
      className={styles.body}
      data-over={over ? "" : undefined}
      onPointerMove={move}
      onPointerLeave={() => onAt(null)}
      onClick={(event) => {
        const { x, y } = point(event);
        open(cellAt(grid, x, y));
      }}
    >
      {at && (
        <>
          <rect className={styles.at} y={at.row * cell} width={width * cell} height={cell} />
          <rect className={styles.at} x={at.column * cell} width={cell} height={height * cell} />
        </>
      )}
      <path className={styles.lines} d={lines.join("")} />
      {grid.cells.map((it) => (
        <g
          key={it.fit}
          transform={`translate(${(it.column + 0.5) * cell} ${(it.row + 0.5) * cell}) scale(${(cell - 4) / 16})`}
        >
          <DegreeSign degree={it.degree} state={it.state} />
        </g>
      ))}
    </svg>
  );
}

/** What is pointed at, in words. */
function Reading({ grid, at }: { grid: Grid; at: Place | null }) {
  const { t } = useTranslation();
  const words = useWords();
  const found = at && cellAt(grid, at.column, at.row);
  const gap = at && grid.gaps[at.row];
  const solution = at && grid.solutions[at.column];
  if (!gap || !solution)
    return <p className={styles.reading}>{t("catalogue.coverage.chooseCell")}</p>;
  const [one, other] = [`${gap.number} ${gap.title}`, `${solution.number} ${solution.title}`];
  return (
    <p className={styles.reading} dir="auto">
      {found
        ? t("catalogue.coverage.cell", {
            gap: one,
            solution: other,
            degree: words.word("fit", "degree", found.degree),
            state: words.state("fit", found.state),
          })
        : `${one} × ${other}`}
    </p>
  );
}
