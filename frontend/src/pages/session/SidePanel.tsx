import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { RoomState } from "~/hooks/useRoom";
import { NodePanel } from "~/pages/session/NodePanel";
import { SelectionPanel } from "~/pages/session/panel/SelectionPanel";
import styles from "~/pages/session/SessionPage.module.css";
import { useImporting } from "~/pages/session/useImporting";
import type { Session } from "~/pages/session/useSession";
import { useViewState } from "~/pages/session/useViewState";
import { VoteField } from "~/pages/session/vote/VoteField";

/** Beside the map, or over its foot on a phone: everything about the selected node. */
export function SidePanel({ room, session }: { room: RoomState; session: Session }) {
  const { t } = useTranslation();
  const { asked, selected } = session;
  const importing = useImporting(session.map.id, room, session.author, session.gate);
  const tally = room.status.session?.tallies[selected ?? ""] ?? 0;
  const panel = useRef<HTMLElement>(null);
  const { controller } = session;
  const view = controller?.view;
  const several = useViewState(view ?? null, (state) => state.selected).length > 1;
  useEffect(() => {
    const element = panel.current;
    // On a phone it lies over the map; elsewhere the map has made room for it.
    if (!view || !element || getComputedStyle(element).position !== "absolute") return;
    view.setCovered(element.offsetHeight);
    return () => view.setCovered(0);
  }, [view]);
  return (
    <aside
      ref={panel}
      className={styles.panel}
      data-region="panel"
      tabIndex={-1}
      aria-label={t("map.bar.panel")}
    >
      {several && controller ? (
        <SelectionPanel hands={controller.hands()} onClose={session.togglePanel} />
      ) : (
        <NodePanel
          key={asked?.times}
          room={room}
          selected={selected}
          onSelect={session.jump}
          author={session.author}
          canEdit={session.rights === "edit"}
          gate={session.gate}
          votes={selected && <VoteField voting={session.voting} id={selected} tally={tally} />}
          onClose={session.togglePanel}
          onLeave={session.focusStage}
          onRelate={session.relating.begin}
          onImport={importing.ask}
          nameOf={session.nameOf}
          map={session.map}
          linking={session.linking}
          focusOn={asked?.part ?? null}
        />
      )}
      {importing.dialog}
    </aside>
  );
}
