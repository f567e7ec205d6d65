import { Link } from "@tanstack/react-router";
import { CalendarDays } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Session } from "~/api/types";
import { formatDate } from "~/components/format";
import { RetentionBadge } from "./RetentionBadge";
import styles from "./SessionList.module.css";
import { groupNames, StateBadge, TlpBadge } from "./StateBadge";

/** Sessions in rows; the whole row leads to the session. */
export function SessionList({ sessions }: { sessions: readonly Session[] }) {
  return (
    <ul className={styles.list}>
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </ul>
  );
}

function SessionRow({ session }: { session: Session }) {
  const { t } = useTranslation();
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <Link to="/sessions/$id" params={{ id: session.id }} className={styles.title} dir="auto">
          {session.title}
        </Link>
        <p className={styles.meta}>{groupNames(session, t("sessions.noGroup"))}</p>
        {session.theme !== "" && (
          <p className={styles.theme} dir="auto">
            {session.theme}
          </p>
        )}
      </div>
      <div className={styles.side}>
        <StateBadge state={session.state} />
        <TlpBadge tlp={session.tlp} />
        <RetentionBadge session={session} />
        {session.date !== null && (
          <span className={styles.date}>
            <CalendarDays aria-hidden="true" className={styles.icon} />
            {formatDate(session.date)}
          </span>
        )}
      </div>
    </li>
  );
}
