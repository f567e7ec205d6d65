import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Invite } from "~/api/types";
import { Button } from "~/components/Button";
import { Select } from "~/components/Select";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useCreateInvite } from "~/hooks/useInvites";
import styles from "./InviteSection.module.css";

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
  const make = () =>
    create.mutate(role, {
      onSuccess: onDone,
      onError: (error) => toast({ title: explain(error), tone: "danger" }),
    });
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
      <Button variant="primary" busy={create.isPending} onClick={make}>
        {t("sessions.invite.create")}
      </Button>
    </div>
  );
}
