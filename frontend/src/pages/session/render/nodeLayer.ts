/**
 * The few nodes in view as elements: makes, updates and removes them as the window moves.
 */

import type { Box } from "~/map/layout";
import type { NodeId } from "~/map/schema";
import { at } from "~/map/slots";
import { meets, visit } from "~/map/spatial";
import { NodeElement, type NodeFace, type NodeWords } from "~/pages/session/render/nodeElement";
import type { Scene } from "~/pages/session/render/scene";
import type { Selection } from "~/pages/session/render/selection";

/** The elements of the nodes in view. */
export class NodeLayer {
  private readonly drawn = new Map<NodeId, { element: NodeElement; seen: number }>();
  private round = 0;

  constructor(
    private readonly host: HTMLElement,
    private readonly words: NodeWords,
  ) {}

  /** How many elements stand in the page. */
  get size(): number {
    return this.drawn.size;
  }

  /** The element of a node, if it is drawn. */
  element(id: NodeId): HTMLElement | undefined {
    return this.drawn.get(id)?.element.element;
  }

  /** Draws what meets `view`, and always the nodes in `pinned` (they may hold the focus). */
  draw(scene: Scene, view: Box, selection: Selection, editing: NodeId | null): void {
    this.round += 1;
    const { layout } = scene;
    visit(layout, view, ({ slot, box, side }) => {
      if (meets(box, view)) {
        this.show(scene, selection, editing, slot, box, side);
      }
      return undefined;
    });
    for (const id of [selection.active, editing]) {
      const slot = id === null ? undefined : layout.slots.find(id);
      if (id !== null && slot !== undefined && this.drawn.get(id)?.seen !== this.round) {
        this.show(scene, selection, editing, slot, layout.boxOf(slot), layout.sideOf(slot));
      }
    }
    for (const [id, { element, seen }] of this.drawn) {
      if (seen !== this.round) {
        element.element.remove();
        this.drawn.delete(id);
      }
    }
  }

  /** Takes all elements out: the nodes are drawn as bars now. */
  clear(): void {
    for (const { element } of this.drawn.values()) {
      element.element.remove();
    }
    this.drawn.clear();
  }

  private show(
    scene: Scene,
    selection: Selection,
    editing: NodeId | null,
    slot: number,
    box: Box,
    side: number,
  ): void {
    const id = scene.layout.slots.id(slot);
    const node = scene.model.node(id);
    if (!node) {
      return; // Deleted, and the layout settles before the next frame.
    }
    let drawn = this.drawn.get(id);
    if (!drawn) {
      drawn = { element: new NodeElement(this.words), seen: 0 };
      this.drawn.set(id, drawn);
      this.host.append(drawn.element.element);
    }
    drawn.seen = this.round;
    const siblings = node.parent === null ? [id] : (scene.model.node(node.parent)?.children ?? []);
    const level = at(scene.layout.slots.level, slot);
    const face: NodeFace = {
      node,
      box,
      side,
      level,
      linesCut: scene.linesCut(id, level),
      colour: scene.colourOf(id),
      position: siblings.indexOf(id) + 1,
      siblings: siblings.length,
      chip: scene.chipOf(node),
      hidden: scene.folded.has(id) ? scene.hiddenBelow(id) : 0,
      selected: selection.ids.has(id),
      active: selection.active === id,
      editing: editing === id,
    };
    drawn.element.show(face);
  }
}
