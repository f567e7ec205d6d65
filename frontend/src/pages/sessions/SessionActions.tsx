import {
  Archive,
  ArchiveRestore,
  BookmarkPlus,
  CirclePlay,
  CircleStop,
  Ellipsis,
  type LucideIcon,
  Pause,
  Pencil,
  Play,
  RotateCcw,
} from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Session, SessionState } from "~/api/types";
import { Button } from "~/components/Button";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { IconButton } from "~/components/IconButton";
import { Menu, MenuItem, MenuSeparator } from "~/components/Menu";
import { toast } from "~/components/Toast";
import { useExplain } from "~/hooks/useExplain";
import { useChangeSession } from "~/hooks/useSessions";
import { SaveTemplateDialog } from "./agenda/SaveTemplateDialog";
import { EditSessionDialog } from "./EditSessionDialog";
import styles from "./SessionHomePage.module.css";

interface Step {
  to: SessionState;
  words:
    | "sessions.start"
    | "sessions.resume"
    | "sessions.closeSession"
    | "sessions.reopen"
    | "sessions.unarchive";
  icon: LucideIcon;
}

/** The step that a session most likely takes next: it stands outside of the menu. */
const NEXT: Record<SessionState, Step> = {
  draft: { to: "live", words: "sessions.start", icon: CirclePlay },
  scheduled: { to: "live", words: "sessions.start", icon: CirclePlay },
  live: { to: "closed", words: "sessions.closeSession", icon: CircleStop },
  paused: { to: "live", words: "sessions.resume", icon: Play },
  closed: { to: "live", words: "sessions.reopen", icon: RotateCcw },
  // From there it can be reopened: the archive has no other way out.
  archived: { to: "closed", words: "sessions.unarchive", icon: ArchiveRestore },
};

/** Changing a session: its details and its state. */
export function SessionActions({ session }: { session: Session }) {
  const { t } = useTranslation();
  const explain = useExplain();
  const change = useChangeSession(session.id);
  const [editing, setEditing] = useState(false);
  const [saving, setSaving] = useState(false);
  const [asking, setAsking] = useState<"closed" | "archived" | null>(null);
  const go = async (state: SessionState) => {
    await change.mutateAsync({ version: session.version, state });
    toast({ title: t(`sessions.stateChanged.${state}`) });
  };
  const goAtOnce = (state: SessionState) =>
    go(state).catch((error: unknown) => toast({ title: explain(error), tone: "danger" }));
  const next = NEXT[session.state];
  const closes = session.state === "live";
  const step = () => (closes ? setAsking("closed") : void goAtOnce(next.to));
  return (
    <div className={styles.actions}>
      <Button icon={next.icon} busy={change.isPending && asking === null} onClick={step}>
        {t(next.words)}
      </Button>
      <Menu trigger={<IconButton icon={Ellipsis} label={t("sessions.more")} />}>
        <MenuItem icon={Pencil} onSelect={() => setEditing(true)}>
          {t("sessions.edit")}
        </MenuItem>
        <MenuItem icon={BookmarkPlus} onSelect={() => setSaving(true)}>
          {t("agenda.template.saveAs")}
        </MenuItem>
        {session.state === "live" && (
          <MenuItem icon={Pause} onSelect={() => void goAtOnce("paused")}>
            {t("sessions.pause")}
          </MenuItem>
        )}
        {session.state !== "archived" && <MenuSeparator />}
        {session.state !== "archived" && (
          <MenuItem icon={Archive} onSelect={() => setAsking("archived")}>
            {t("sessions.archive")}
          </MenuItem>
        )}
      </Menu>
      {editing && <EditSessionDialog session={session} onClose={() => setEditing(false)} />}
      {saving && <SaveTemplateDialog session={session} onClose={() => setSaving(false)} />}
      <ConfirmDialog
        open={asking !== null}
        onClose={() => setAsking(null)}
        title={t(
          asking === "archived" ? "sessions.archiveConfirm.title" : "sessions.closeConfirm.title",
        )}
        text={t(
          asking === "archived" ? "sessions.archiveConfirm.text" : "sessions.closeConfirm.text",
        )}
        confirm={t(asking === "archived" ? "sessions.archive" : "sessions.closeSession")}
        onConfirm={() => go(asking ?? "closed")}
        explain={explain}
      />
    </div>
  );
}
