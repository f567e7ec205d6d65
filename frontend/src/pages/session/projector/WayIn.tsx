import { useTranslation } from "react-i18next";
import { inviteQr } from "~/api/invites";
import { useInvites } from "~/hooks/useInvites";
import styles from "~/pages/session/projector/Projector.module.css";
import { isOpen } from "~/pages/sessions/inviteState";
import { showCode } from "~/pages/start/joinCode";

const LOOK_EVERY_MS = 10_000;

/** How people get in who are in the room: address, code and QR code of a link that lets them write. */
export function WayIn({ session }: { session: string }) {
  const { t } = useTranslation();
  const list = useInvites(session, LOOK_EVERY_MS);
  const open = list.items.filter((it) => isOpen(it));
  const invite = open.find(({ role }) => role === "editor") ?? open[0];
  if (!invite)
    return list.loading ? null : <p className={styles.none}>{t("run.projector.none")}</p>;
  const { code, url, id } = invite;
  return (
    <div className={styles.way}>
      <img className={styles.qr} src={inviteQr(id)} alt={t("sessions.invite.qr", { url })} />
      <p className={styles.address}>
        {t("run.projector.join", { address: `${new URL(url).host}/join` })}
      </p>
      <p className={styles.code}>
        <span className="visually-hidden">
          {t("sessions.invite.codeSpoken", { letters: [...code].join(" ") })}
        </span>
        <span aria-hidden="true">{showCode(code)}</span>
      </p>
    </div>
  );
}
