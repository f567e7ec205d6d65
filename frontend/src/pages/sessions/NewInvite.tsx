import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Invite } from "~/api/types";
import { Button } from "~/components/Button";
import { TextField } from "~/components/Field";
import { Select } from "~/components/Select";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useCreateInvite } from "~/hooks/useInvites";
import styles from "./InviteSection.module.css";

const DAY_MS = 86_400_000;
/** For how many days a link lets people in. */
const LASTS = ["1", "3", "14", "60"] as const;
type Lasts = (typeof LASTS)[number];

interface NewInviteProps {
  session: string;
  onDone: () => void;
  /** Said above it, while there is no link yet. */
  text?: string;
}

/** Makes a join link, for those who write or those who only read. */
export function NewInvite({ session, onDone, text }: NewInviteProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const create = useCreateInvite(session);
  const [role, setRole] = useState<Invite["role"]>("editor");
  const [lasts, setLasts] = useState<Lasts>("14");
  const [most, setMost] = useState("");
  const count = most.trim() === "" ? null : Number(most);
  const isCount = count === null || (Number.isInteger(count) && count > 0);
  const make = () => {
    if (!isCount) return;
    const expires_at = new Date(Date.now() + Number(lasts) * DAY_MS).toISOString();
    create.mutate(
      { role, expires_at, max_uses: count },
      {
        onSuccess: onDone,
        onError: (error) => toast({ title: explain(error), tone: "danger" }),
      },
    );
  };
  return (
    <div className={styles.create}>
      {text !== undefined && <p className={styles.muted}>{text}</p>}
      <Select
        label={t("sessions.invite.role")}
        value={role}
        options={(["editor", "viewer"] as const).map((value) => ({
          value,
          label: t(`sessions.invite.roleOption.${value}`),
        }))}
        onChange={setRole}
      />
      <div className={styles.limits}>
        <Select
          label={t("sessions.invite.lasts")}
          value={lasts}
          options={LASTS.map((value) => ({
            value,
            label: t(`sessions.invite.lastsOption.${value}`),
          }))}
          onChange={setLasts}
        />
        <TextField
          label={t("sessions.invite.most")}
          hint={t("sessions.invite.mostHint")}
          error={isCount ? null : t("sessions.invite.mostProblem")}
          inputMode="numeric"
          value={most}
          onChange={(event) => setMost(event.target.value)}
        />
      </div>
      <Button variant="primary" busy={create.isPending} onClick={make}>
        {t("sessions.invite.create")}
      </Button>
    </div>
  );
}
