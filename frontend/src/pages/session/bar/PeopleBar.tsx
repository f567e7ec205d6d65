import { Popover } from "@base-ui/react/popover";
import { Hand, Pencil } from "lucide-react";
import { type ReactNode, useContext } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "~/components/Avatar";
import { Checkbox } from "~/components/Checkbox";
import menus from "~/components/Menu.module.css";
import type { Peer, PresenceRoom } from "~/hooks/presence";
import { type Cursors, CursorsContext, showsCursors, usePresence } from "~/hooks/usePresence";
import type { NodeId } from "~/map/schema";
import styles from "~/pages/session/bar/PeopleBar.module.css";

/** So many faces fit into the bar; the others are a number. */
const FACES = 3;

const nothing = () => undefined;

interface PeopleBarProps {
  room: PresenceRoom;
  /** The own pseudonym and participant id, once they are known. */
  me: { id: string | null; name: string };
  /** Shows where somebody is. */
  onJump: (id: NodeId) => void;
  /** Chooses whether the others' cursors are shown. */
  onCursors?: (cursors: Cursors) => void;
  /** The way out of the session, for guests. */
  leave?: ReactNode;
}

/** Who is in the map: a few faces and a number; pressed, everybody by name with what they are at. */
export function PeopleBar({ room, me, onJump, onCursors = nothing, leave }: PeopleBarProps) {
  const { t } = useTranslation();
  const cursors = useContext(CursorsContext);
  const others = byPerson(usePresence(room)).filter((peer) => peer.id !== me.id);
  const count = others.length + 1;
  return (
    <Popover.Root>
      <Popover.Trigger className={styles.trigger} aria-label={t("map.people.count", { count })}>
        <span className={styles.faces} aria-hidden="true">
          {others.slice(0, FACES).map((peer) => (
            <Avatar key={peer.id} id={peer.id} name={peer.name} size="s" />
          ))}
          {others.length === 0 && <Avatar id={me.id ?? ""} name={me.name} size="s" />}
        </span>
        <span aria-hidden="true">{count}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner
          className={menus.positioner}
          align="end"
          sideOffset={6}
          collisionPadding={8}
        >
          <Popover.Popup className={styles.popup}>
            <Popover.Title className={styles.title}>
              {t("map.people.title")} <span className={styles.count}>{count}</span>
            </Popover.Title>
            <div className={styles.cursors}>
              <Checkbox
                label={t("map.people.cursors")}
                checked={showsCursors(cursors, count - 1)}
                onChange={(on) => onCursors(on ? "on" : "off")}
              />
            </div>
            <ul className={styles.list}>
              <li className={styles.person}>
                <Avatar id={me.id ?? ""} name={me.name} size="s" />
                <span className={styles.name}>
                  {me.name} <span className={styles.note}>({t("map.people.you")})</span>
                </span>
              </li>
              {others.map((peer) => (
                <Person key={peer.id} peer={peer} onJump={onJump} />
              ))}
            </ul>
            {leave && <div className={styles.leave}>{leave}</div>}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Person({ peer, onJump }: { peer: Peer; onJump: (id: NodeId) => void }) {
  const { t } = useTranslation();
  const place = peer.drag?.nodes[0] ?? peer.caret?.node ?? peer.selected;
  const face = (
    <>
      <Avatar id={peer.id} name={peer.name} size="s" />
      <span className={styles.name}>{peer.name}</span>
      {peer.role === "facilitator" && (
        <span className={styles.note}>{t("map.people.facilitator")}</span>
      )}
      {peer.drag ? (
        <Hand className={styles.doing} role="img" aria-label={t("map.people.moving")} />
      ) : (
        peer.caret && (
          <Pencil className={styles.doing} role="img" aria-label={t("map.people.writing")} />
        )
      )}
    </>
  );
  if (place === null) return <li className={styles.person}>{face}</li>;
  return (
    <li>
      <Popover.Close
        className={styles.person}
        title={t("map.people.goTo", { name: peer.name })}
        onClick={() => onJump(place)}
      >
        {face}
      </Popover.Close>
    </li>
  );
}

/** One entry for each person, however many pages they have open: the busiest one speaks. */
function byPerson(peers: readonly Peer[]): Peer[] {
  const people = new Map<string, Peer>();
  for (const peer of peers) {
    const known = people.get(peer.id);
    if (!known || (!known.caret && (peer.caret || (!known.selected && peer.selected)))) {
      people.set(peer.id, peer);
    }
  }
  return [...people.values()];
}
