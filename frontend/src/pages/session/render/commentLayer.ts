/** How many open comments a node has: a small badge at its corner, drawn after the nodes. */

import type { NodeId } from "~/map/schema";
import styles from "~/pages/session/render/CommentLayer.module.css";
import type { MapView } from "~/pages/session/render/MapView";
import { BAR_ZOOM } from "~/pages/session/render/metrics";
import { part } from "~/pages/session/render/nodeElement";

/** The badges over the nodes. */
export class CommentLayer {
  private readonly badges = new Map<NodeId, HTMLElement>();
  private readonly stop: () => void;
  private drawn = "";
  private version = 0;

  constructor(
    private readonly view: MapView,
    private readonly words: (count: number) => string,
  ) {
    view.overlays.push(() => this.draw());
    this.stop = view.scene.model.subscribe(({ comments }) => {
      if (!comments) return;
      this.version += 1;
      view.invalidate();
    });
  }

  /** Follows the map no more. */
  destroy(): void {
    this.stop();
  }

  private draw(): void {
    const { scene, camera, stage } = this.view;
    const far = camera.zoom < BAR_ZOOM;
    const key = `${scene.version} ${this.version} ${far}`;
    if (this.drawn === key) return;
    this.drawn = key;
    const counts = far ? new Map<NodeId, number>() : scene.model.openComments();
    for (const [id, badge] of this.badges) {
      if (!counts.has(id) || !scene.layout.box(id)) {
        badge.remove();
        this.badges.delete(id);
      }
    }
    for (const [id, count] of counts) {
      const box = scene.layout.box(id);
      if (!box) continue;
      let badge = this.badges.get(id);
      if (!badge) {
        badge = part("span", styles.badge);
        // The node says it, too, to those who do not see it.
        badge.setAttribute("aria-hidden", "true");
        this.badges.set(id, badge);
        stage.presence.append(badge);
      }
      badge.textContent = String(count);
      badge.title = this.words(count);
      badge.style.transform = `translate(${box.x}px, ${box.y}px) translate(-40%, -55%)`;
    }
  }
}
