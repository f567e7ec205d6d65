/**
 * What is to be seen: the model with this person's folding, measured and laid out.
 *
 * Changes of the model are gathered and taken in when the next frame asks (`settle`), however many
 * came since the last.
 */

import { Layout, type LayoutInput, type Size } from "~/map/layout";
import type { MapModel, MapNode } from "~/map/model";
import { type Colour, type Kind, type NodeId, ROOT } from "~/map/schema";
import type { Side } from "~/map/sides";
import { at } from "~/map/slots";
import { type Chip, isSameChip } from "~/pages/session/link/chips";
import { marksOf } from "~/pages/session/render/marks";
import type { TextMeasure } from "~/pages/session/render/measure";
import {
  CHIP_FRAME,
  CHIP_ROW,
  CUT_LINES,
  KIND_ICON,
  KIND_ROW,
  MARK,
  MORE_ROW,
  MOST_LINES,
  styleOf,
  TEXT_WIDTH,
  type TextStyle,
} from "~/pages/session/render/metrics";

/** What says which chip stands on a node. The same chip for a node until it changes. */
export interface ChipSource {
  of(node: MapNode): Chip | null;
}

/** What the scene needs from its surroundings. */
export interface SceneOptions {
  readonly model: MapModel;
  readonly measure: TextMeasure;
  /** Ids of the branches this person has folded. */
  readonly folded: Iterable<NodeId>;
  /** The word that names a kind. */
  readonly kindLabel: (kind: Kind) => string;
  /** What stands in place of an empty text. */
  readonly emptyLabel: string;
  /** What stands on linked nodes until the cards are here. */
  readonly chips: ChipSource;
  /** Called when something waits to be settled. */
  readonly changed: () => void;
}

/** The laid out map of one person. */
export class Scene implements LayoutInput {
  readonly root = ROOT;
  readonly model: MapModel;
  readonly folded: Set<NodeId>;
  readonly layout: Layout;
  /** Goes up when anything may look different: what drawn nodes are compared with. */
  version = 0;
  private readonly options: SceneOptions;
  /** The node whose text is shown to its end, however long it is. */
  private whole: NodeId | null = null;
  private readonly waiting = new Set<NodeId>();
  private readonly stop: () => void;
  private chips: ChipSource;

  constructor(options: SceneOptions) {
    this.options = options;
    this.model = options.model;
    this.chips = options.chips;
    this.folded = new Set(options.folded);
    this.layout = new Layout(this);
    this.stop = this.model.subscribe((change) => {
      for (const id of change.nodes) {
        this.waiting.add(id);
      }
      options.changed();
    });
  }

  /** Stops following the model. */
  destroy(): void {
    this.stop();
  }

  /** Whether changes wait to be laid out. */
  get dirty(): boolean {
    return this.waiting.size > 0;
  }

  /** Lays out what changed since the last time. */
  settle(): void {
    if (this.waiting.size === 0) {
      return;
    }
    this.layout.refresh(this.waiting);
    this.waiting.clear();
    this.version += 1;
  }

  /** The chip of a node, where it is linked to something. */
  chipOf(node: MapNode): Chip | null {
    return this.chips.of(node);
  }

  /** Takes other chips; only nodes whose own is another are laid out again. */
  showChips(chips: ChipSource): void {
    const before = this.chips;
    if (chips === before) return;
    this.chips = chips;
    for (const node of this.model.walk()) {
      if (node.links.length === 0 || isSameChip(before.of(node), chips.of(node))) continue;
      this.waiting.add(node.id);
    }
    if (this.dirty) this.options.changed();
  }

  /** Shows the whole of one node's text, and no longer of the one before. */
  showWhole(id: NodeId | null): void {
    if (this.whole === id) return;
    for (const other of [this.whole, id]) {
      if (other !== null) this.waiting.add(other);
    }
    this.whole = id;
    this.options.changed();
  }

  /** Cuts the text that was shown whole, once another node is active. */
  letGoOfWhole(active: NodeId | null): void {
    if (active !== this.whole) this.showWhole(null);
  }

  /** How many lines of a node's text are left out; 0 where it is shown to its end. */
  linesCut(id: NodeId, level: number): number {
    if (id === this.whole) return 0;
    const lines = linesOf(this.textSize(this.model.node(id), level), styleOf(level));
    return lines > MOST_LINES ? lines - CUT_LINES : 0;
  }

  /** Whether a height of the world is in the row that says how much of a node's text is left out. */
  isOnMore(id: NodeId, y: number): boolean {
    const slot = this.layout.slots.find(id);
    if (slot === undefined) return false;
    const level = at(this.layout.slots.level, slot);
    if (this.linesCut(id, level) === 0) return false;
    const kind = this.model.node(id)?.kind ? KIND_ROW : 0;
    const { padY, line } = styleOf(level);
    const top = this.layout.boxOf(slot).y + padY + kind + CUT_LINES * line;
    return top <= y && y <= top + MORE_ROW;
  }

  /** Folds or unfolds a branch. The central topic and leaves cannot be folded. */
  fold(id: NodeId, folded: boolean): void {
    const node = this.model.node(id);
    const foldable = id !== ROOT && node !== undefined && node.children.length > 0;
    if (folded ? !foldable || this.folded.has(id) : !this.folded.has(id)) {
      return;
    }
    if (folded) {
      this.folded.add(id);
    } else {
      this.folded.delete(id);
    }
    this.waiting.add(id);
    this.options.changed();
  }

  /** Folds so that nodes down to a level are shown; the branches themselves are level 1. */
  foldToLevel(level: number): void {
    const levels = new Map<NodeId, number>([[ROOT, 0]]);
    for (const node of this.model.walk()) {
      const own = node.parent === null ? 0 : (levels.get(node.parent) ?? 0) + 1;
      levels.set(node.id, own);
      this.fold(node.id, own >= level && node.id !== ROOT);
    }
  }

  /** Unfolds whatever hides a node. */
  unfoldTo(id: NodeId): void {
    for (const above of this.model.ancestors(id)) {
      this.fold(above.id, false);
    }
  }

  /** The nearest of a node and its ancestors that is shown. */
  shownAncestor(id: NodeId): NodeId {
    let shown = id;
    for (const above of this.model.ancestors(id)) {
      if (this.folded.has(above.id)) {
        shown = above.id;
      }
    }
    return this.model.node(shown) ? shown : ROOT;
  }

  /** How many nodes a folded branch hides. */
  hiddenBelow(id: NodeId): number {
    let count = -1;
    for (const _ of this.model.walk(id)) {
      count += 1;
    }
    return Math.max(0, count);
  }

  /** The colour a node is drawn in; null for the central topic. */
  colourOf(id: NodeId): Colour | null {
    return this.model.colourOf(id);
  }

  /** LayoutInput: children that are shown. */
  children(id: NodeId): readonly NodeId[] {
    return this.folded.has(id) ? [] : (this.model.node(id)?.children ?? []);
  }

  /** LayoutInput: the side that a main branch grows on. */
  side(id: NodeId): Side {
    return this.model.sideOf(id);
  }

  /** LayoutInput: the room a node's box takes. */
  size(id: NodeId, level: number): Size {
    const node = this.model.node(id);
    const style = styleOf(level);
    const text = this.textSize(node, level);
    const isCut = id !== this.whole && linesOf(text, style) > MOST_LINES;
    let width = text.width;
    let height = (isCut ? CUT_LINES * style.line + MORE_ROW : text.height) + style.padY * 2;
    if (node?.kind) {
      width = Math.max(
        width,
        this.options.measure.label(this.options.kindLabel(node.kind)) + KIND_ICON + 2,
      );
      height += KIND_ROW;
    }
    const chip = node && this.chips.of(node);
    if (chip) {
      const frame = chip.standing === "proposed" ? CHIP_FRAME.proposed : CHIP_FRAME.decided;
      width = Math.max(width, Math.min(TEXT_WIDTH, this.options.measure.chip(chip.text) + frame));
      height += CHIP_ROW;
    }
    return { width: Math.ceil(width + style.padX * 2 + marksOf(node) * MARK), height };
  }

  private textSize(node: MapNode | undefined, level: number): Size {
    return this.options.measure.text(node?.text || this.options.emptyLabel, level);
  }
}

function linesOf(text: Size, style: TextStyle): number {
  return text.height / style.line;
}
