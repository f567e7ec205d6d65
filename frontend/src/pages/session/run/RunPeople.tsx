import { Ellipsis, LocateFixed, RotateCcw, UserX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { MapEntry, Participant } from "~/api/types";
import { Avatar } from "~/components/Avatar";
import { Badge } from "~/components/Badge";
import { ConfirmDialog } from "~/components/ConfirmDialog";
import { DOT } from "~/components/format";
import { IconButton } from "~/components/IconButton";
import { Menu, MenuItem } from "~/components/Menu";
import { toast } from "~/components/Toast";
import type { Peer } from "~/hooks/presence";
import { useExplain } from "~/hooks/useExplain";
import { useLeading } from "~/hooks/useLeading";
import { useParticipants, useRemoveParticipant } from "~/hooks/useParticipants";
import { usePresence } from "~/hooks/usePresence";
import type { RoomState } from "~/hooks/useRoom";
import type { NodeId } from "~/map/schema";
import styles from "~/pages/session/run/RunPanel.module.css";

/** How often it looks who has come. */
const LOOK_EVERY_MS = 5000;

interface RunPeopleProps {
  map: MapEntry;
  room: RoomState;
  onJump: (id: NodeId) => void;
}

/** Who takes part, whether they are here, and what can be done about them. */
export function RunPeople({ map, room, onJump }: RunPeopleProps) {
  const { t } = useTranslation();
  const list = useParticipants(map.session, LOOK_EVERY_MS);
  const peers = usePresence(room.room);
  const people = list.items.filter(({ removed_at }) => removed_at === null);
  return (
    <section className={styles.section} aria-label={t("run.people.title")}>
      <h3>
        {t("run.people.title")} <span className={styles.muted}>{people.length}</span>
      </h3>
      <ul className={styles.list}>
        {people.map((person) => (
          <Person
            key={person.id}
            person={person}
            map={map}
            peer={peers.find(({ id }) => id === person.id)}
            isMe={person.id === room.status.participant}
            onJump={onJump}
          />
        ))}
      </ul>
      {list.hasMore && (
        <button type="button" className={styles.more} onClick={list.showMore}>
          {t("common.showMore")}
        </button>
      )}
    </section>
  );
}

interface PersonProps {
  person: Participant;
  map: MapEntry;
  peer: Peer | undefined;
  isMe: boolean;
  onJump: (id: NodeId) => void;
}

function Person({ person, map, peer, isMe, onJump }: PersonProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<"remove" | "rollBack" | null>(null);
  const name = person.pseudonym ?? t("sessions.people.nameless");
  const at = peer?.caret?.node ?? peer?.selected ?? null;
  const isHere = isMe || peer !== undefined;
  return (
    <li className={styles.row}>
      <Avatar id={person.id} name={name} size="s" />
      <span className={styles.grow}>
        <span dir="auto">{name}</span>
        {!isHere && (
          <span className={styles.muted}>
            {DOT}
            {t("run.people.away")}
          </span>
        )}
      </span>
      {person.role !== "editor" && <Badge>{t(`sessions.people.role.${person.role}`)}</Badge>}
      {!isMe && (
        <Menu
          trigger={<IconButton icon={Ellipsis} size="s" label={t("common.actionsFor", { name })} />}
        >
          {at !== null && (
            <MenuItem icon={LocateFixed} onSelect={() => onJump(at)}>
              {t("run.people.goTo")}
            </MenuItem>
          )}
          <MenuItem icon={RotateCcw} onSelect={() => setAsking("rollBack")}>
            {t("run.people.rollBack")}
          </MenuItem>
          {person.role !== "facilitator" && (
            <MenuItem icon={UserX} danger onSelect={() => setAsking("remove")}>
              {t("sessions.people.remove")}
            </MenuItem>
          )}
        </Menu>
      )}
      <Asking {...{ person, name, map, asking }} onClose={() => setAsking(null)} />
    </li>
  );
}

interface AskingProps {
  person: Participant;
  name: string;
  map: MapEntry;
  asking: "remove" | "rollBack" | null;
  onClose: () => void;
}

function Asking({ person, name, map, asking, onClose }: AskingProps) {
  const { t } = useTranslation();
  const explain = useExplain();
  const remove = useRemoveParticipant(map.session);
  const { takeBack } = useLeading(map.id);
  const end = async () => {
    await remove.mutateAsync(person.id);
    toast({ title: t("sessions.people.removed", { name }) });
  };
  const undo = async () => {
    const { changed } = await takeBack.mutateAsync(person.id);
    toast({ title: t("run.people.rolledBack", { count: changed, name }) });
  };
  return (
    <>
      <ConfirmDialog
        open={asking === "remove"}
        onClose={onClose}
        title={t("sessions.people.removeConfirm", { name })}
        text={t("sessions.people.removeText")}
        confirm={t("sessions.people.remove")}
        danger
        onConfirm={end}
        explain={explain}
      />
      <ConfirmDialog
        open={asking === "rollBack"}
        onClose={onClose}
        title={t("run.people.rollBackConfirm", { name })}
        text={t("run.people.rollBackText")}
        confirm={t("run.people.rollBack")}
        danger
        onConfirm={undo}
        explain={explain}
      />
    </>
  );
}
