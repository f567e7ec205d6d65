import { Ellipsis, Link2Off, MonitorUp, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inviteQr } from "~/api/invites";
import type { Invite, Session } from "~/api/types";
import { Badge } from "~/components/Badge";
import { Button } from "~/components/Button";
import { Checkbox } from "~/components/Checkbox";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { CopyButton } from "~/components/CopyButton";
import { formatRelative } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { Menu, MenuItem } from "~/components/Menu";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useInvites, useRevokeInvite } from "~/hooks/useInvites";
import { ListFrame } from "~/pages/ListFrame";
import { showCode } from "~/pages/start/joinCode";
import styles from "./InviteSection.module.css";
import { endOf, isOpen } from "./inviteState";
import { NewInvite } from "./NewInvite";
import { Section } from "./Section";

/** How often the page looks who has come, while a session is live. */
export const LOOK_EVERY_MS = 5000;

interface InviteSectionProps {
  session: Session;
  onScreen: (invite: string) => void;
}

/** The way into a session: link, code and QR code. */
export function InviteSection({ session, onScreen }: InviteSectionProps) {
  const { t } = useTranslation();
  const joinable = session.state !== "closed" && session.state !== "archived";
  const list = useInvites(session.id, session.state === "live" ? LOOK_EVERY_MS : undefined);
  const open = { ...list, items: list.items.filter((invite) => isOpen(invite)) };
  const [another, setAnother] = useState(false);
  const close = () => setAnother(false);
  const more = joinable && open.items.length > 0 && (
    <IconButton
      icon={Plus}
      label={t("sessions.invite.another")}
      pressed={another}
      onClick={() => setAnother(!another)}
    />
  );
  const first = <NewInvite session={session.id} onDone={close} text={t("sessions.invite.text")} />;
  return (
    <Section title={t("sessions.invite.title")} actions={more || undefined}>
      {joinable ? (
        <ListFrame list={open} empty={first}>
          {(invites) => (
            <>
              {another && <NewInvite session={session.id} onDone={close} />}
              {invites.map((invite) => (
                <InviteCard key={invite.id} invite={invite} onScreen={onScreen} />
              ))}
            </>
          )}
        </ListFrame>
      ) : (
        <p className={styles.muted}>{t("sessions.invite.closed")}</p>
      )}
      <Ended invites={list.items} />
    </Section>
  );
}

/** The links that let nobody in any more, and why. */
function Ended({ invites }: { invites: readonly Invite[] }) {
  const { t } = useTranslation();
  const ended = invites.flatMap((invite) => {
    const why = endOf(invite);
    return why === null ? [] : [{ invite, why }];
  });
  if (ended.length === 0) return null;
  return (
    <details className={styles.ended}>
      <summary>
        {t("sessions.invite.ended")} ({ended.length})
      </summary>
      <ul>
        {ended.map(({ invite, why }) => (
          <li key={invite.id}>
            <code>{showCode(invite.code)}</code> <Badge>{t(`sessions.invite.state.${why}`)}</Badge>{" "}
            {t("sessions.invite.uses", { count: invite.uses })}
          </li>
        ))}
      </ul>
    </details>
  );
}

function InviteCard({ invite, onScreen }: { invite: Invite; onScreen: (invite: string) => void }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const revoke = useRevokeInvite(invite.session);
  const [asking, setAsking] = useState(false);
  const [guests, setGuests] = useState(false);
  const end = async () => {
    await revoke.mutateAsync({ id: invite.id, guests });
    toast({ title: t("sessions.invite.revoked") });
  };
  return (
    <div className={styles.invite}>
      <div className={styles.top}>
        <div className={styles.facts}>
          <p className={styles.code}>
            <span className="visually-hidden">{t("sessions.invite.code")}: </span>
            {showCode(invite.code)}
          </p>
          <p className={styles.muted}>{t(`sessions.invite.roleOption.${invite.role}`)}</p>
          <p className={styles.muted}>
            {invite.max_uses === null
              ? t("sessions.invite.uses", { count: invite.uses })
              : t("sessions.invite.usesOf", { uses: invite.uses, max: invite.max_uses })}
          </p>
          <p className={styles.muted}>
            {t("sessions.invite.expires", { when: formatRelative(invite.expires_at) })}
          </p>
        </div>
        <img
          className={styles.qr}
          src={inviteQr(invite.id)}
          alt={t("sessions.invite.qr", { url: invite.url })}
        />
      </div>
      <div className={styles.actions}>
        <CopyButton
          text={invite.url}
          label={t("sessions.invite.copy")}
          variant="primary"
          size="s"
        />
        <Button icon={MonitorUp} size="s" onClick={() => onScreen(invite.id)}>
          {t("sessions.invite.show")}
        </Button>
        <Menu trigger={<IconButton icon={Ellipsis} label={t("sessions.invite.more")} size="s" />}>
          <MenuItem icon={Link2Off} danger onSelect={() => setAsking(true)}>
            {t("sessions.invite.revoke")}
          </MenuItem>
        </Menu>
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("sessions.invite.revokeConfirm")}
        text={
          <>
            <p>{t("sessions.invite.revokeText")}</p>
            <Checkbox
              label={t("sessions.invite.guests")}
              hint={t("sessions.invite.guestsHint")}
              checked={guests}
              onChange={setGuests}
            />
          </>
        }
        confirm={t("sessions.invite.revoke")}
        danger
        onConfirm={end}
        explain={explain}
      />
    </div>
  );
}
