import { classes } from "~/components/classes";
import styles from "./DegreeMark.module.css";
import { RADIUS, SIGNS } from "./degree";
import { useWords } from "./useWords";

interface DegreeMarkProps {
  degree: string;
  /** What nobody has accepted yet is drawn lighter, with a broken line. */
  state: string;
  /** Whether its word stands beside it. */
  words?: boolean;
}

/** How well a solution fits a gap. */
export function DegreeMark({ degree, state, words: spoken }: DegreeMarkProps) {
  const words = useWords();
  const size = RADIUS * 2;
  return (
    <span className={styles.mark}>
      <svg
        width={size}
        height={size}
        viewBox={`${-RADIUS} ${-RADIUS} ${size} ${size}`}
        aria-hidden="true"
      >
        <DegreeSign degree={degree} state={state} />
      </svg>
      {spoken && words.word("fit", "degree", degree)}
    </span>
  );
}

/** The sign alone, for a picture that has many. */
export function DegreeSign({ degree, state }: { degree: string; state: string }) {
  const sign = SIGNS[degree];
  if (!sign) return null;
  const isPending = state !== "accepted";
  return (
    <g className={classes(styles.sign, styles[degree], isPending && styles.pending)}>
      {sign.fill !== "" && <path className={styles.fill} d={sign.fill} />}
      <path className={styles.line} d={sign.line} />
    </g>
  );
}
