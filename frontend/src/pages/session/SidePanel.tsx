import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";
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
  const onMap = useViewState(view ?? null, (state) => state.selected).length > 1;
  const several = controller && onMap ? controller.hands() : session.several;
  useEffect(() => {
    const element = panel.current;
    // On a phone it lies over the map; elsewhere the map has made room for it.
    if (!view || !element || getComputedStyle(element).position !== "absolute") return;
    view.setCovered(element.offsetHeight);
    return () => view.setCovered(0);
  }, [view]);
  const { focusStage } = session;
  const home = useRef(focusStage);
  home.current = focusStage;
  // However it is closed: the keyboard that was in it goes to the map, and not nowhere.
  useLayoutEffect(() => {
    const element = panel.current;
    return () => {
      if (element?.contains(document.activeElement)) home.current();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    // What hangs over the page from here, such as a list, is left by itself first.
    const isInside = panel.current?.contains(event.target as Node) === true;
    const isKey = event.key === "Escape" && !event.nativeEvent.isComposing;
    if (isKey && isInside && !event.defaultPrevented) focusStage();
  };
  return (
    <aside
      ref={panel}
      onKeyDown={onKeyDown}
      className={styles.panel}
      data-region="panel"
      tabIndex={-1}
      aria-label={t("map.bar.panel")}
    >
      {several ? (
        <SelectionPanel hands={several} onClose={session.togglePanel} />
      ) : (
        <NodePanel
          key={asked?.times}
          room={room}
          selected={selected}
          onSelect={(id) => {
            session.jump(id);
            focusStage();
          }}
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
