import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Watch } from "~/api/types";
import { classes } from "~/components/classes";
import styles from "./TrlChart.module.css";
import { useWords } from "./useWords";

/** From what is best known to what is not known; each has a fill of its own, and all but the full ones a pattern. */
const BASES = ["tested", "assessed", "self_declared", "target_stated", "not_stated"] as const;
const LEVELS = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0];

interface TrlChartProps {
  levels: Watch["levels"];
}

/** How many solutions are at each technology readiness level, and on what that rests: bars in a table. */
export function TrlChart({ levels }: TrlChartProps) {
  const { t } = useTranslation();
  const words = useWords();
  // Where nothing is said, that is what is said.
  const count = (level: number, basis: string) =>
    levels
      .filter((it) => it.level === level && (it.basis || "not_stated") === basis)
      .reduce((sum, it) => sum + it.n, 0);
  const all = (level: number) => BASES.reduce((sum, basis) => sum + count(level, basis), 0);
  const most = Math.max(1, ...LEVELS.map(all));
  const told = (level: number) =>
    BASES.map((basis) => [count(level, basis), words.word("solution", "trl_basis", basis)])
      .filter(([n]) => n !== 0)
      .map(([n, word]) => `${n} ${word}`)
      .join(", ");
  return (
    <>
      <p className={styles.text}>{t("catalogue.watch.levelsText")}</p>
      <ul className={styles.legend}>
        {BASES.map((basis) => (
          <li key={basis}>
            <svg width="14" height="14" aria-hidden="true">
              <Patterned basis={basis} width={14} height={14} />
            </svg>
            {words.word("solution", "trl_basis", basis)}
          </li>
        ))}
      </ul>
      <table className={styles.table}>
        <caption className="visually-hidden">{t("catalogue.watch.levels")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("catalogue.watch.level")}</th>
            <th scope="col">{t("catalogue.watch.solutions")}</th>
          </tr>
        </thead>
        <tbody>
          {LEVELS.map((level) => (
            <tr key={level}>
              <th scope="row">{level === 0 ? t("catalogue.watch.notStated") : level}</th>
              <td>
                <span className={styles.line}>
                  <Bar parts={BASES.map((basis) => [basis, count(level, basis)])} most={most} />
                  {level === 0 || all(level) === 0 ? (
                    all(level)
                  ) : (
                    <Link to="/catalogue/solutions" search={{ trl_min: `${level}`, sort: "trl" }}>
                      {all(level)}
                    </Link>
                  )}
                  <span className={styles.told}>{told(level)}</span>
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

type Part = readonly [(typeof BASES)[number], number];

function Bar({ parts, most }: { parts: readonly Part[]; most: number }) {
  let x = 0;
  return (
    <svg className={styles.bar} viewBox="0 0 300 16" aria-hidden="true">
      {parts.map(([basis, n]) => {
        const width = (n / most) * 300;
        x += width;
        return <Patterned key={basis} basis={basis} x={x - width} width={width} height={16} />;
      })}
    </svg>
  );
}

interface PatternedProps {
  basis: (typeof BASES)[number];
  x?: number;
  width: number;
  height: number;
}

function Patterned({ basis, x = 0, width, height }: PatternedProps) {
  const id = useId();
  const isPlain = basis === "tested" || basis === "assessed";
  if (width === 0) return null;
  return (
    <g className={classes(styles.part, styles[basis])}>
      {!isPlain && (
        <pattern
          id={id}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width={basis === "self_declared" ? 4 : 1.5} height="6" className={styles.stripe} />
        </pattern>
      )}
      <rect
        x={x + 0.5}
        y={0.5}
        width={Math.max(0, width - 1)}
        height={height - 1}
        fill={isPlain ? "currentColor" : `url(#${id})`}
        stroke="currentColor"
      />
    </g>
  );
}
