/**
 * Where the others are: their nodes outlined, with initials; a pencil while they write, a hand
 * while they move a branch.
 *
 * Runs after a frame is drawn and only where something changed, so it never delays an edit.
 */

import { initialsOf } from "~/components/Avatar";
import type { Peer } from "~/hooks/presence";
import type { Box } from "~/map/layout";
import type { NodeId } from "~/map/schema";
import styles from "~/pages/session/render/Map.module.css";
import type { MapView } from "~/pages/session/render/MapView";
import { BAR_ZOOM } from "~/pages/session/render/metrics";
import { icon, part } from "~/pages/session/render/nodeElement";
import { drawRing, frameOf } from "~/pages/session/render/overview";

/** An outline is so far from its node, and outlines of several people so far apart. */
const STEP = 4;
/** And their initials so far, with room for what they are at. */
const BADGE = 44;
/** More than so many on one node would hide it. */
const MOST = 4;

/** The outlines over the nodes. */
export class PresenceLayer {
  private peers: readonly Peer[] = [];
  private readonly outlines = new Map<number, Outline>();
  private drawn = "";
  private version = 0;

  constructor(private readonly view: MapView) {
    view.overlays.push(() => this.draw());
  }

  /** Shows these people from the next frame on. */
  show(peers: readonly Peer[]): void {
    this.peers = peers;
    this.version += 1;
    this.view.invalidate();
  }

  private draw(): void {
    const { scene, camera, palette } = this.view;
    if (camera.zoom < BAR_ZOOM) {
      this.drawFar();
      return;
    }
    const writing = this.view.getState().editing?.id ?? null;
    const key = `${scene.version} ${this.version} ${palette.page} ${writing}`;
    if (this.drawn === key) {
      return;
    }
    this.drawn = key;
    const crowd = new Map<NodeId, number>();
    const seen = new Set<number>();
    for (const peer of this.peers) {
      const at = placeOf(peer);
      const id = at === null ? null : scene.shownAncestor(at);
      const box = id === null || !scene.model.node(at ?? "") ? undefined : scene.layout.box(id);
      const nth = id === null ? 0 : (crowd.get(id) ?? 0);
      if (id === null || !box || nth >= MOST) {
        continue;
      }
      crowd.set(id, nth + 1);
      seen.add(peer.client);
      const { caret } = peer;
      this.outlineOf(peer).place(box, nth, peer, {
        dragging: id === peer.drag?.nodes[0],
        // A caret in the text that is written in here wears the name already.
        named: caret !== null && caret.field === "text" && caret.node === writing,
      });
    }
    for (const [client, outline] of this.outlines) {
      if (!seen.has(client)) {
        outline.remove();
        this.outlines.delete(client);
      }
    }
  }

  private outlineOf(peer: Peer): Outline {
    let outline = this.outlines.get(peer.client);
    if (!outline) {
      outline = new Outline();
      this.outlines.set(peer.client, outline);
      this.view.stage.presence.append(outline.ring);
      this.view.stage.initials.append(outline.badge);
    }
    return outline;
  }

  /** From far away: rings on the canvas, in pixels. */
  private drawFar(): void {
    const { scene, camera, palette, stage, cards } = this.view;
    const { context } = stage;
    if (!context) {
      return;
    }
    for (const peer of this.peers) {
      const at = placeOf(peer);
      if (at === null) continue;
      const frame = frameOf(scene, camera, cards, scene.shownAncestor(at));
      drawRing(context, frame, palette.branches[peer.colour].line);
    }
  }
}

/** The node somebody is at: what they drag, write in, or have selected. */
function placeOf(peer: Peer): NodeId | null {
  return peer.drag?.nodes[0] ?? peer.caret?.node ?? peer.selected;
}

class Outline {
  readonly ring = part("div", styles.peer);
  /** Apart from the ring, so that no other ring runs through it. */
  readonly badge = part("span", styles.peerBadge);
  private face = "";

  remove(): void {
    this.ring.remove();
    this.badge.remove();
  }

  place(
    box: Box,
    nth: number,
    peer: Peer,
    { dragging, named }: { dragging: boolean; named: boolean },
  ): void {
    const out = STEP + nth * STEP;
    const { ring, badge } = this;
    ring.style.transform = `translate(${box.x - out}px, ${box.y - out}px)`;
    ring.style.width = `${box.width + out * 2}px`;
    ring.style.height = `${box.height + out * 2}px`;
    const end = box.x + box.width - nth * BADGE;
    badge.style.transform = `translate(${end}px, ${box.y - STEP}px) translate(-100%, -50%)`;
    badge.hidden = named;
    ring.dataset.colour = badge.dataset.colour = peer.colour;
    ring.toggleAttribute("data-drag", dragging);
    const doing = dragging ? "mark-drag" : peer.caret ? "mark-edit" : "";
    const face = `${peer.name} ${doing}`;
    if (face !== this.face) {
      this.face = face;
      badge.replaceChildren(initialsOf(peer.name), ...(doing ? [icon(doing)] : []));
    }
  }
}
