import { useTranslation } from "react-i18next";
import type { Voting } from "~/pages/session/vote/useVoting";
import styles from "~/pages/session/vote/Vote.module.css";

/** More dots than this are a number. */
const MOST_DOTS = 10;

/** How many of one's votes are left: a dot each. Nothing until that is known. */
export function VotesLeft({ voting }: { voting: Voting }) {
  const { t } = useTranslation();
  const { left } = voting;
  const total = voting.vote?.votes ?? 0;
  if (left === null) return <span role="status" />;
  const words = t("run.vote.left", { count: left, total });
  return (
    <span className={styles.left} role="status" title={words}>
      <span className="visually-hidden">{words}</span>
      <span aria-hidden="true" className={styles.dots}>
        {total <= MOST_DOTS &&
          Array.from({ length: total }, (_, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: dots have nothing but their place.
            <span key={n} className={styles.dot} data-used={n >= left || undefined} />
          ))}
      </span>
      <span aria-hidden="true" className={styles.number}>
        {t("run.vote.short", { left, total })}
      </span>
    </span>
  );
}
