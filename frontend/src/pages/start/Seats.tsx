import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSeats } from "~/hooks/useSeats";
import styles from "./Seats.module.css";

/** The way back in for a guest: to each map of the sessions that this browser takes part in. */
export function Seats() {
  const { t } = useTranslation();
  const seats = useSeats();
  if (seats.length === 0) return null;
  return (
    <ul className={styles.seats} aria-label={t("start.seats.label")}>
      {seats.map(({ map, title, session, name }) => (
        <li key={map}>
          <Link to="/maps/$id" params={{ id: map }} className={styles.seat}>
            <span className={styles.words}>
              <span dir="auto">{t("start.seats.continue", { session, name })}</span>
              {title !== null && (
                <span className={styles.map} dir="auto">
                  {title}
                </span>
              )}
            </span>
            <ArrowRight aria-hidden="true" className={styles.icon} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
