import { useTranslation } from "react-i18next";
import type { RoomState } from "~/hooks/useRoom";
import { NodePanel } from "~/pages/session/NodePanel";
import styles from "~/pages/session/SessionPage.module.css";
import type { Session } from "~/pages/session/useSession";

/** Beside the map, or over its foot on a phone: everything about the selected node. */
export function SidePanel({ room, session }: { room: RoomState; session: Session }) {
  const { t } = useTranslation();
  const { asked } = session;
  return (
    <aside className={styles.panel} data-region="panel" aria-label={t("map.bar.panel")}>
      <NodePanel
        key={asked?.times}
        room={room}
        selected={session.selected}
        onSelect={session.jump}
        author={session.author}
        canEdit={session.rights === "edit"}
        onClose={session.togglePanel}
        focusOn={asked === null || asked.part === "links" ? null : asked.part}
      />
    </aside>
  );
}
