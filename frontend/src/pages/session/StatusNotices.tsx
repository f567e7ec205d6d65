import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import type { RoomState } from "~/hooks/useRoom";
import { en } from "~/messages/en";
import { CopyWords, outlineOf } from "~/pages/session/CopyWords";
import styles from "~/pages/session/StatusNotices.module.css";
import type { AsideText } from "~/sync/RoomClient";

/** The server's reasons for refusing an edit, for which the page has a sentence. */
const WORDS = Object.keys(en.run.refused.words) as (keyof typeof en.run.refused.words)[];
/** Reasons that the page has better words for than a close code. */
const REASONS = ["4401", "4403", "4404", "4413"] as const;

interface StatusNoticesProps {
  room: RoomState;
  /** Whether a map is below, over which they lie in a wide window; a list, they push down. */
  isOverMap: boolean;
}

/** What one must know about the connection: offline, refused, work set aside. */
export function StatusNotices({ room, isOverMap }: StatusNoticesProps) {
  const { t } = useTranslation();
  const { phase, lastNack, setAside } = room.status;
  useEffect(() => {
    if (lastNack) {
      const message = WORDS.find((it) => it === lastNack.message);
      toast({
        title: t("run.refused.title"),
        text: message ? t(`run.refused.words.${message}`) : lastNack.message,
        tone: "danger",
      });
    }
  }, [lastNack, t]);
  return (
    <div className={styles.notices} data-over-map={isOverMap ? "" : undefined}>
      {/* There before anything is said in it, so that it is heard. */}
      <div role="status" className={styles.heard}>
        {phase === "offline" && <Offline key={offlineWords(room)} room={room} />}
        {setAside > 0 && <SetAside key={setAside} room={room} />}
        <Back phase={phase} />
      </div>
      {phase === "refused" && <Refused room={room} />}
    </div>
  );
}

/** Said each time the connection goes; once it is read, it need not lie over what one writes. */
function Offline({ room }: { room: RoomState }) {
  const { t } = useTranslation();
  const [isRead, setRead] = useState(false);
  if (isRead) return null;
  return (
    <Notice
      tone="warn"
      action={
        <Button size="s" onClick={() => setRead(true)}>
          {t("common.dismiss")}
        </Button>
      }
    >
      {t(`map.status.${offlineWords(room)}`)}
    </Notice>
  );
}

/** Tells those who hear the page that the connection is back: what they see is that nothing lies over it any more. */
function Back({ phase }: { phase: RoomState["status"]["phase"] }) {
  const { t } = useTranslation();
  const [was, setWas] = useState(false);
  useEffect(() => {
    if (phase === "offline") setWas(true);
  }, [phase]);
  if (!was || phase !== "open") return null;
  return <p className="visually-hidden">{t("map.status.back")}</p>;
}

/** What being offline means here: nothing to write in, or words that live in this page alone, or neither. */
function offlineWords({ status }: RoomState) {
  if (!status.loaded) return "offlineUnloaded" as const;
  return status.keptOnDevice ? ("offline" as const) : ("offlineUnkept" as const);
}

function Refused({ room }: { room: RoomState }) {
  const { t } = useTranslation();
  const { closeCode, reason, unsent, ahead } = room.status;
  const known = REASONS.find((code) => code === String(closeCode));
  const [words, setWords] = useState<readonly AsideText[]>([]);
  useEffect(() => setWords(unsent > 0 ? room.room.unsentWords() : []), [room.room, unsent]);
  return (
    <Notice
      tone="danger"
      title={t("map.status.refused")}
      action={
        <>
          <CopyWords words={words} />
          <Button size="s" onClick={() => (ahead ? room.room.startOver() : location.reload())}>
            {t(`map.status.${ahead ? "startOver" : "reload"}`)}
          </Button>
        </>
      }
    >
      {ahead ? t("map.status.ahead") : known ? t(`map.status.refusedReason.${known}`) : reason}
      {unsent > 0 && ` ${t("map.status.unsent")}`}
    </Notice>
  );
}

/**
 * Work that could not go into the map, offered to its author until it is taken or discarded. Made anew
 * when there is more of it, or less: what is discarded is what could be copied.
 */
function SetAside({ room }: { room: RoomState }) {
  const { t } = useTranslation();
  const [words] = useState(() => room.room.aside);
  return (
    <Notice
      tone="warn"
      title={t(`map.setAside.${room.status.lastNack ? "refusedTitle" : "title"}`)}
      action={
        <>
          <CopyWords words={words} />
          <Button size="s" onClick={() => void room.room.takeAside()}>
            {t("map.setAside.dismiss")}
          </Button>
        </>
      }
    >
      {outlineOf(words) === ""
        ? t("map.setAside.empty")
        : t(`map.setAside.${room.status.lastNack ? "refusedText" : "text"}`)}
    </Notice>
  );
}
