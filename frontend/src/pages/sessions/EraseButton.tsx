import { Eraser } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Participant } from "~/api/types";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { IconButton } from "~/components/IconButton";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useEraseParticipant } from "~/hooks/useParticipants";

/** Erases who somebody is, when they ask for it. */
export function EraseButton({ person, name }: { person: Participant; name: string }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const erase = useEraseParticipant(person.session);
  const [asking, setAsking] = useState(false);
  const run = async () => {
    await erase.mutateAsync(person.id);
    toast({ title: t("sessions.people.erased", { name }) });
  };
  return (
    <>
      <IconButton
        icon={Eraser}
        label={t("sessions.people.erasePerson", { name })}
        size="s"
        onClick={() => setAsking(true)}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("sessions.people.eraseConfirm", { name })}
        text={t("sessions.people.eraseText")}
        confirm={t("sessions.people.erase")}
        danger
        onConfirm={run}
        explain={explain}
      />
    </>
  );
}
