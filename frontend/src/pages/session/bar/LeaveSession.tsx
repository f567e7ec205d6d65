import { useNavigate } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useForget, useLeaveSession } from "~/hooks/useMe";
import { forgetIdeas, hasUnsentIdeas } from "~/pages/session/silent/drawer";

interface LeaveSessionProps {
  session: string;
  map: string;
  /** The own pseudonym. */
  name: string;
  /** How many edits, and texts that it would not take, the server has not got. */
  unsent: number;
}

/** The way out for a guest: afterwards this device is nobody in the session. */
export function LeaveSession({ session, map, name, unsent }: LeaveSessionProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const navigate = useNavigate();
  const leave = useLeaveSession(session);
  const forget = useForget(map);
  const [asking, setAsking] = useState(false);
  const isLosing = unsent > 0 || hasUnsentIdeas();
  const run = async () => {
    await leave.mutateAsync();
    // First away from the map: it would write down what it has, and ask for what it may not read.
    await navigate({ to: "/" });
    forgetIdeas();
    await forget();
    toast({ title: t("map.leave.done") });
  };
  return (
    <>
      <Button icon={LogOut} variant="quiet" size="s" onClick={() => setAsking(true)}>
        {t("map.leave.open")}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("map.leave.title")}
        text={
          <>
            {t("map.leave.text", { name })}
            {isLosing && <Notice tone="warn">{t("map.leave.unsent")}</Notice>}
          </>
        }
        confirm={t("map.leave.confirm")}
        danger
        onConfirm={run}
        explain={explain}
      />
    </>
  );
}
