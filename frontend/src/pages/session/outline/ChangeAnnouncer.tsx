import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PanelRoom } from "~/pages/session/panelProps";
import { News, type NewsBatch } from "./news";

/** How long changes are gathered before they are told. */
export const TELL_EVERY_MS = 5000;
/** More branches than this are told as a number. */
const NAMED_BRANCHES = 2;

/** Tells those who hear the map, now and then, what others have changed in it. */
export function ChangeAnnouncer({ room }: { room: PanelRoom }) {
  const { t } = useTranslation();
  const [batch, setBatch] = useState<NewsBatch | null>(null);
  const { model } = room;
  const synced = room.status?.synced ?? true;
  useEffect(() => {
    if (!synced) return;
    const news = new News(model);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      if (!news.isEmpty) setBatch(news.take());
    };
    const stop = model.subscribe((change) => {
      news.note(change);
      if (!news.isEmpty) timer ??= setTimeout(tell, TELL_EVERY_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [model, synced]);
  const words = () => {
    if (!batch) return "";
    const { added, changed, removed } = batch;
    const named = added.slice(0, NAMED_BRANCHES);
    const others = added.slice(NAMED_BRANCHES).reduce((sum, { count }) => sum + count, 0);
    const parts = named.map(({ count, branch }) =>
      branch === ""
        ? t("outline.news.added", { count })
        : t("outline.news.addedUnder", { count, branch }),
    );
    if (others > 0) parts.push(t("outline.news.elsewhere", { count: others }));
    if (changed > 0) parts.push(t("outline.news.changed", { count: changed }));
    if (removed > 0) parts.push(t("outline.news.removed", { count: removed }));
    return `${parts.join(", ")}.`;
  };
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {words()}
    </div>
  );
}
