import { useTranslation } from "react-i18next";
import { useWords } from "~/pages/catalogue/useWords";
import styles from "./Sheet.module.css";

interface ScoresProps {
  /** By criterion, how many gave how much on average. */
  scores: Readonly<Record<string, { n: number; mean: number | null }>>;
}

/** How several people scored a fit: a bar for each criterion that anybody scored. */
export function Scores({ scores }: ScoresProps) {
  const { t, i18n } = useTranslation();
  const words = useWords();
  const given = Object.entries(scores).filter(([, it]) => it.n > 0);
  if (given.length === 0) return null;
  const format = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  return (
    <dl className={styles.scores} aria-label={t("catalogue.fits.scores")}>
      {given.map(([name, { n, mean }]) => (
        <div key={name} className={styles.score}>
          <dt>{words.criterion(name)}</dt>
          <dd>
            <svg
              viewBox="0 0 100 8"
              preserveAspectRatio="none"
              aria-hidden="true"
              className={styles.scoreBar}
            >
              <rect width="100" height="8" rx="2" className={styles.scoreAll} />
              <rect width={(mean ?? 0) * 20} height="8" rx="2" className={styles.scoreMean} />
            </svg>
            {t("catalogue.fits.mean", { mean: format.format(mean ?? 0), count: n })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
