import { Dialog as Base } from "@base-ui/react/dialog";
import { Maximize, UsersRound, X } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { inviteQr } from "~/api/invites";
import type { Session } from "~/api/types";
import { Button } from "~/components/Button";
import { IconButton } from "~/components/IconButton";
import { Loading } from "~/components/Spinner";
import { useInvites } from "~/hooks/useInvites";
import { useParticipants } from "~/hooks/useParticipants";
import { Problem } from "~/pages/Problem";
import { showCode } from "~/pages/start/joinCode";
import { LOOK_EVERY_MS } from "./InviteSection";
import styles from "./JoinScreen.module.css";

interface JoinScreenProps {
  session: Session;
  /** The id of the invite to show. */
  invite: string;
  onClose: () => void;
}

/** For the projector: the way in, readable from the last row. Its address can be opened on the big screen's own computer. */
export function JoinScreen({ session, invite: id, onClose }: JoinScreenProps) {
  const { t } = useTranslation();
  const popup = useRef<HTMLDivElement>(null);
  const invites = useInvites(session.id, LOOK_EVERY_MS);
  const people = useParticipants(session.id, LOOK_EVERY_MS);
  const invite = invites.items.find((it) => it.id === id);
  const joined = people.items.filter(
    (it) => it.removed_at === null && it.role !== "facilitator",
  ).length;
  const close = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    onClose();
  };
  const fill = () => void document.documentElement.requestFullscreen?.().catch(() => undefined);
  return (
    <Base.Root open onOpenChange={(open) => !open && close()}>
      <Base.Portal>
        <Base.Popup ref={popup} className={styles.screen} initialFocus={popup}>
          <header className={styles.bar}>
            <span className={styles.people} role="status">
              <UsersRound aria-hidden="true" />
              {t("sessions.screen.joined", { count: joined })}
            </span>
            <Button icon={Maximize} variant="quiet" onClick={fill}>
              {t("sessions.screen.fullscreen")}
            </Button>
            <Base.Close render={<IconButton icon={X} label={t("sessions.screen.close")} />} />
          </header>
          <Base.Title className={styles.title} dir="auto">
            {session.title}
          </Base.Title>
          {invites.loading && <Loading />}
          {invites.error && <Problem error={invites.error} retry={invites.retry} />}
          {invite && <WayIn code={invite.code} url={invite.url} qr={inviteQr(invite.id)} />}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

function WayIn({ code, url, qr }: { code: string; url: string; qr: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.ways}>
      <div className={styles.typed}>
        <p className={styles.how}>
          {t("sessions.screen.open", { address: `${hostOf(url)}/join` })}
        </p>
        <p className={styles.code}>
          <span className="visually-hidden">
            {t("sessions.invite.codeSpoken", { letters: [...code].join(" ") })}
          </span>
          <span aria-hidden="true">{showCode(code)}</span>
        </p>
      </div>
      <div className={styles.scanned}>
        <img className={styles.qr} src={qr} alt={t("sessions.invite.qr", { url })} />
        <p className={styles.how}>{t("sessions.screen.scan")}</p>
      </div>
    </div>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return location.host;
  }
}
