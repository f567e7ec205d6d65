import { useWatchPrinting } from "~/hooks/useWatchPrinting";
import type { MapModel, MapNode } from "~/map/model";
import styles from "~/pages/session/PrintedMap.module.css";

/**
 * The whole map as an outline, while the page goes to paper: on the screen only what is in view is
 * in the page. A picture of the map comes from the export.
 */
export function PrintedMap({ model }: { model: MapModel }) {
  if (!useWatchPrinting()) return null;
  return (
    <div className={styles.paper} data-paper="">
      {[...leveled(model)].map(({ node, level }) => (
        <p
          key={node.id}
          className={styles.line}
          data-level={Math.min(level, 2)}
          dir="auto"
          style={{ marginInlineStart: `${Math.min(level, 12)}rem` }}
        >
          {node.text}
        </p>
      ))}
    </div>
  );
}

function* leveled(model: MapModel): Generator<{ node: MapNode; level: number }> {
  const levels = new Map<string, number>();
  for (const node of model.walk()) {
    const level = node.parent === null ? 0 : (levels.get(node.parent) ?? 0) + 1;
    levels.set(node.id, level);
    yield { node, level };
  }
}
