import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button";
import { CopyButton } from "~/components/CopyButton";
import { Notice } from "~/components/Notice";
import { toast } from "~/components/Toast";
import type { RoomState } from "~/hooks/useRoom";
import { en } from "~/messages/en";
import styles from "~/pages/session/StatusNotices.module.css";
import type { AsideText } from "~/sync/RoomClient";

/** The server's reasons for refusing an edit, for which the page has a sentence. */
const WORDS = Object.keys(en.run.refused.words) as (keyof typeof en.run.refused.words)[];
/** Reasons that the page has better words for than a close code. */
const REASONS = ["4401", "4403", "4404", "4413"] as const;

/** What one must know about the connection, over the map: offline, refused, work set aside. */
export function StatusNotices({ room }: { room: RoomState }) {
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
    <div className={styles.notices}>
      {phase === "offline" && <Notice tone="warn">{t(`map.status.${offlineWords(room)}`)}</Notice>}
      {phase === "refused" && <Refused room={room} />}
      {setAside && <SetAside room={room} />}
    </div>
  );
}

/** What being offline means here: nothing to write in, or words that live in this page alone, or neither. */
function offlineWords({ status }: RoomState) {
  if (!status.loaded) return "offlineUnloaded" as const;
  return status.keptOnDevice ? ("offline" as const) : ("offlineUnkept" as const);
}

function Refused({ room }: { room: RoomState }) {
  const { t } = useTranslation();
  const { closeCode, reason } = room.status;
  const known = REASONS.find((code) => code === String(closeCode));
  return (
    <Notice
      tone="danger"
      title={t("map.status.refused")}
      action={
        <Button size="s" onClick={() => location.reload()}>
          {t("map.status.reload")}
        </Button>
      }
    >
      {known ? t(`map.status.refusedReason.${known}`) : reason}
    </Notice>
  );
}

/** Work that could not go into the map, offered to its author until it is taken or discarded. */
function SetAside({ room }: { room: RoomState }) {
  const { t } = useTranslation();
  const [text] = useState(() => asText(room.room.aside));
  return (
    <Notice
      tone="warn"
      title={t(`map.setAside.${room.status.lastNack ? "refusedTitle" : "title"}`)}
      action={
        <>
          {text !== "" && (
            <CopyButton text={text} label={t("map.setAside.copy")} variant="primary" size="s" />
          )}
          <Button size="s" onClick={() => void room.room.takeAside()}>
            {t("map.setAside.dismiss")}
          </Button>
        </>
      }
    >
      {text === ""
        ? t("map.setAside.empty")
        : t(`map.setAside.${room.status.lastNack ? "refusedText" : "text"}`)}
    </Notice>
  );
}

/** As an outline that can be pasted: each text under the one it stood under. */
function asText(texts: readonly AsideText[]): string {
  return texts
    .map(({ under, text, note }) => {
      const lines = [under, `\t${text}`, ...(note === "" ? [] : [`\t\t${note}`])];
      return lines.filter((line) => line.trim() !== "").join("\n");
    })
    .join("\n");
}
