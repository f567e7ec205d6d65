import { Maximize, UsersRound, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MapEntry } from "~/api/types";
import { IconButton } from "~/components/IconButton";
import { useCards } from "~/hooks/useCards";
import { usePresence } from "~/hooks/usePresence";
import { type RoomState, useRoom } from "~/hooks/useRoom";
import { useTimeLeft } from "~/hooks/useTimeLeft";
import type { NodeId } from "~/map/schema";
import { NO_ACTIONS } from "~/pages/session/actions/context";
import { useChips } from "~/pages/session/link/useChips";
import { MapCanvas } from "~/pages/session/MapCanvas";
import type { MapController } from "~/pages/session/MapController";
import styles from "~/pages/session/projector/Projector.module.css";
import { WayIn } from "~/pages/session/projector/WayIn";
import { RoundTimer } from "~/pages/session/round/RoundTimer";
import { phaseOf } from "~/pages/session/round/words";
import { useCall } from "~/pages/session/run/useCall";
import { useFollow } from "~/pages/session/run/useFollow";
import { Skeleton } from "~/pages/session/Skeleton";
import { useAbout } from "~/pages/session/useAbout";

interface ProjectorPageProps {
  map: MapEntry;
  onLeave: () => void;
}

/** The map for a big screen: nothing to press, the way in, the prompt and the timer; it goes where the facilitator leads. */
export function ProjectorPage({ map, onLeave }: ProjectorPageProps) {
  const room = useRoom(map.id, map.me.participant);
  if (!room) return <Skeleton />;
  return <Projector key={room.doc.guid} map={map} room={room} onLeave={onLeave} />;
}

const NO_VOTES = {};

function Projector({ map, room, onLeave }: ProjectorPageProps & { room: RoomState }) {
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const [controller, setController] = useState<MapController | null>(null);
  const about = useAbout(room, NO_VOTES);
  const chips = useChips(useCards(map.id, room));
  // The projector is one more page of the facilitator's, and follows that very facilitator.
  useGuide(room, controller, stage);
  useEffect(() => {
    document.title = t("common.pageTitle", { page: map.title });
  }, [map.title, t]);
  const me = room.status.participant ?? map.me.participant;
  return (
    <div className={styles.page}>
      <aside className={styles.side} aria-label={t("run.projector.label")}>
        <Head title={map.title} room={room} onLeave={onLeave} />
        <WayIn session={map.session} />
      </aside>
      <main ref={stage} className={styles.stage}>
        {room.status.loaded ? (
          <MapCanvas
            {...about}
            map={room}
            mapId={`${map.id}.projector`}
            author={{ id: me }}
            canEdit={false}
            chips={chips}
            page={NO_ACTIONS}
            onController={setController}
          />
        ) : (
          <Skeleton />
        )}
      </main>
    </div>
  );
}

/** Goes where whoever leads looks, and where everybody is called. */
function useGuide(
  room: RoomState,
  controller: MapController | null,
  stage: React.RefObject<HTMLElement | null>,
): void {
  const jump = (id: NodeId) => controller?.view.jumpTo(id);
  useCall({ room, isCalled: true, isWriting: () => false, jump });
  useFollow({ room, me: "", controller, stage, show: jump, always: true });
}

function Head({ title, room, onLeave }: { title: string; room: RoomState; onLeave: () => void }) {
  const { t } = useTranslation();
  const { session, clock } = room.status;
  const round = session?.round ?? null;
  const left = useTimeLeft(round, clock);
  const people = new Set(usePresence(room.room).map(({ id }) => id)).size;
  const fill = () => void document.documentElement.requestFullscreen?.().catch(() => undefined);
  const leave = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    onLeave();
  };
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.people}>
          <UsersRound aria-hidden="true" />
          <span className="visually-hidden">{t("map.people.count", { count: people })}</span>
          <span aria-hidden="true">{people}</span>
        </span>
        <IconButton icon={Maximize} size="s" label={t("run.projector.fill")} onClick={fill} />
        <IconButton icon={X} size="s" label={t("run.projector.leave")} onClick={leave} />
      </div>
      <h1 className={styles.title} dir="auto">
        {title}
      </h1>
      {session && session.phase !== "live" && (
        <p className={styles.phase}>{t(`run.phase.${phaseOf(session.phase)}`)}</p>
      )}
      {round && (
        <section className={styles.round} aria-label={t("run.bar.label")}>
          <p className={styles.count}>{t("run.bar.round", { n: round.n, of: round.of })}</p>
          <p className={styles.name} dir="auto">
            {round.title}
          </p>
          <p className={styles.prompt} dir="auto">
            {round.prompt || t(`run.todo.${round.method}`)}
          </p>
          {left && (
            <p className={styles.timer}>
              <RoundTimer left={left} />
            </p>
          )}
        </section>
      )}
    </>
  );
}
