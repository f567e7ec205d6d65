import { Link } from "@tanstack/react-router";
import { ArrowLeft, Link2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Account, Session } from "~/api/types";
import { buttonClass } from "~/components/Button";
import { DOT, formatDate } from "~/components/format";
import { PageHeading } from "~/components/PageHeading";
import { Loading } from "~/components/Spinner";
import { useSession } from "~/hooks/useSessions";
import { PageProblem } from "~/pages/PageProblem";
import { AgendaSection } from "./agenda/AgendaSection";
import { InviteSection } from "./InviteSection";
import { JoinScreen } from "./JoinScreen";
import { MapsSection } from "./MapsSection";
import { PeopleSection } from "./PeopleSection";
import { mayRunSessions } from "./rights";
import { SessionActions } from "./SessionActions";
import styles from "./SessionHomePage.module.css";
import { groupNames, StateBadge, TlpBadge } from "./StateBadge";

interface SessionHomePageProps {
  id: string;
  user: Account;
  /** The invite whose join screen fills the view, as the address holds it. */
  screen: string | undefined;
  onScreen: (invite: string | undefined) => void;
}

/** A session's own page: its maps, the way in, and who is there. */
export function SessionHomePage({ id, user, screen, onScreen }: SessionHomePageProps) {
  const query = useSession(id);
  if (query.isPending) return <Loading />;
  if (!query.data) return <PageProblem error={query.error} retry={() => void query.refetch()} />;
  const session = query.data;
  const runs = mayRunSessions(user.role);
  return (
    <>
      <SessionHeading session={session} runs={runs} />
      <div className={styles.columns}>
        <div className={styles.side}>
          <MapsSection session={session} runs={runs} />
          <AgendaSection session={session} runs={runs} />
        </div>
        <div className={styles.side}>
          {runs && <InviteSection session={session} onScreen={onScreen} />}
          <PeopleSection session={session} runs={runs} />
        </div>
      </div>
      {screen !== undefined && (
        <JoinScreen session={session} invite={screen} onClose={() => onScreen(undefined)} />
      )}
    </>
  );
}

function SessionHeading({ session, runs }: { session: Session; runs: boolean }) {
  const { t } = useTranslation();
  const back = (
    <Link to="/">
      <ArrowLeft aria-hidden="true" />
      {t("sessions.back")}
    </Link>
  );
  const facts = [
    groupNames(session, t("sessions.noGroup")),
    ...(session.date === null ? [] : [formatDate(session.date)]),
    ...(session.place === "" ? [] : [session.place]),
    ...(session.anonymity === "all"
      ? []
      : [t(`sessions.anonymity.${session.anonymity === "none" ? "none" : "facilitators"}`)]),
    ...(session.authorship === "own" ? [t("sessions.authorshipOwn")] : []),
    ...(session.retain_until === null
      ? []
      : [t("sessions.keptUntil", { date: formatDate(session.retain_until) })]),
    ...(session.house_rule ? [t("sessions.houseRule")] : []),
  ];
  return (
    <PageHeading
      above={back}
      title={session.title}
      beside={
        <span className={styles.badges}>
          <StateBadge state={session.state} />
          <TlpBadge tlp={session.tlp} />
        </span>
      }
      actions={
        <>
          <Link to="/sessions/$id/links" params={{ id: session.id }} className={buttonClass()}>
            <Link2 aria-hidden="true" className={styles.icon} />
            {t("link.board.title")}
          </Link>
          {runs && <SessionActions session={session} />}
        </>
      }
      text={
        <>
          <p>{facts.join(DOT)}</p>
          {session.theme !== "" && (
            <p className={styles.theme} dir="auto">
              {session.theme}
            </p>
          )}
        </>
      }
    />
  );
}
