import { useTranslation } from "react-i18next";
import type { RoomState } from "~/hooks/useRoom";
import type { NodeId } from "~/map/schema";
import styles from "~/pages/session/run/RunPanel.module.css";

interface RoundToolsProps {
  map: string;
  room: RoomState;
  selected: NodeId | null;
}

/** What the round that is on needs of a facilitator: how far people have come. */
export function RoundTools({ room }: RoundToolsProps) {
  const { t } = useTranslation();
  const { session } = room.status;
  return (
    <>
      {session?.vote && (
        <p className={styles.muted} role="status">
          {t("run.vote.voters", { count: session.vote.voters })}
        </p>
      )}
    </>
  );
}
