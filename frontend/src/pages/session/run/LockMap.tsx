import { Lock, LockOpen } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { MapEntry } from "~/api/types";
import { Button } from "~/components/Button";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useChangeMap } from "~/hooks/useMaps";

/** Locks the whole map for everybody but facilitators, or opens it. */
export function LockMap({ map }: { map: MapEntry }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const change = useChangeMap(map.id);
  const locked = map.state === "locked";
  const toggle = () =>
    change.mutate(
      { version: map.version, state: locked ? "open" : "locked" },
      {
        onSuccess: () => toast({ title: t(locked ? "run.lock.mapOpened" : "run.lock.mapLocked") }),
        onError: (error) => toast({ title: explain(error), tone: "danger" }),
      },
    );
  return (
    <Button
      icon={locked ? LockOpen : Lock}
      size="s"
      busy={change.isPending}
      aria-pressed={locked}
      onClick={toggle}
    >
      {t(locked ? "run.lock.openMap" : "run.lock.lockMap")}
    </Button>
  );
}
