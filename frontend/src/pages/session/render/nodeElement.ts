/**
 * One node as an element of the page: text, kind, markers, fold knob.
 *
 * Elements are made once and written to only where something differs from what they show.
 */

import type { Box } from "~/map/layout";
import type { MapNode } from "~/map/model";
import type { Colour, Kind } from "~/map/schema";
import chipStyles from "~/pages/session/link/Chip.module.css";
import { type Chip, isSameChip } from "~/pages/session/link/chips";
import styles from "~/pages/session/render/Map.module.css";
import { marksOf } from "~/pages/session/render/marks";
import { rankOf } from "~/pages/session/render/metrics";

/** Words that stand on nodes, in the page's language. */
export interface NodeWords {
  kind(kind: Kind): string;
  readonly empty: string;
  readonly note: string;
  links(count: number): string;
  comments(count: number): string;
  hidden(count: number): string;
  more(lines: number): string;
}

/** All that a node shows. */
export interface NodeFace {
  readonly node: MapNode;
  readonly box: Box;
  readonly level: number;
  readonly side: number;
  readonly colour: Colour | null;
  readonly position: number;
  readonly siblings: number;
  /** How many lines of its text are left out. */
  readonly linesCut: number;
  /** What it is linked to. */
  readonly chip: Chip | null;
  /** How many nodes its fold hides; 0 while it is open. */
  readonly hidden: number;
  readonly selected: boolean;
  readonly active: boolean;
  readonly editing: boolean;
}

const SVG = "http://www.w3.org/2000/svg";

/** Id of a node's element: what `aria-activedescendant` names. */
export function elementId(id: string): string {
  return `node-${id}`;
}

/** The element of one node. */
export class NodeElement {
  readonly element = part("div", styles.node);
  private readonly text = part("div", styles.text);
  private readonly words: NodeWords;
  private kind: HTMLElement | null = null;
  private marks: HTMLElement | null = null;
  private more: HTMLElement | null = null;
  private chip: HTMLElement | null = null;
  private knob: HTMLElement | null = null;
  private face: NodeFace | null = null;

  constructor(words: NodeWords) {
    this.words = words;
    this.element.setAttribute("role", "treeitem");
    this.text.dir = "auto";
    this.element.append(this.text);
  }

  /** Shows a face, touching only what differs from the last. */
  show(face: NodeFace): void {
    const old = this.face;
    this.face = face;
    this.place(face, old);
    this.state(face, old);
    if (old?.node !== face.node) {
      this.content(face.node, old?.node);
    }
    if ((old?.linesCut ?? 0) !== face.linesCut) {
      this.setMore(face.linesCut);
    }
    if (!isSameChip(old?.chip ?? null, face.chip)) {
      this.setChip(face.chip);
    }
    const knob = face.node.parent !== null && face.node.children.length > 0;
    if (
      knob !== (this.knob !== null) ||
      (knob && (old?.hidden !== face.hidden || old?.side !== face.side))
    ) {
      this.setKnob(knob, face);
    }
  }

  private place(face: NodeFace, old: NodeFace | null): void {
    const { style } = this.element;
    const { x, y, width, height } = face.box;
    if (old?.box.x !== x || old.box.y !== y) {
      style.transform = `translate(${x}px, ${y}px)`;
    }
    if (old?.box.width !== width || old.box.height !== height) {
      style.width = `${width}px`;
      style.height = `${height}px`;
    }
  }

  private state(face: NodeFace, old: NodeFace | null): void {
    const { dataset } = this.element;
    if (old?.node.id !== face.node.id) {
      this.element.id = elementId(face.node.id);
      dataset.node = face.node.id;
    }
    if (old?.level !== face.level) {
      dataset.rank = String(rankOf(face.level));
      this.element.setAttribute("aria-level", String(face.level + 1));
    }
    if (old?.colour !== face.colour) {
      dataset.colour = face.colour ?? "plain";
    }
    if (old?.position !== face.position || old.siblings !== face.siblings) {
      this.element.setAttribute("aria-posinset", String(face.position));
      this.element.setAttribute("aria-setsize", String(face.siblings));
    }
    if (old?.selected !== face.selected) {
      this.element.setAttribute("aria-selected", String(face.selected));
    }
    this.element.toggleAttribute("data-active", face.active);
    this.element.toggleAttribute("data-editing", face.editing);
  }

  private content(node: MapNode, old: MapNode | undefined): void {
    if (old?.text !== node.text) {
      this.text.textContent = node.text || this.words.empty;
      this.text.toggleAttribute("data-empty", node.text === "");
    }
    if (old?.kind !== node.kind) {
      this.setKind(node.kind);
    }
    if (old?.hasNote !== node.hasNote) {
      this.setMarks(node);
    }
  }

  private setKind(kind: Kind | null): void {
    this.kind?.remove();
    this.kind = null;
    this.element.toggleAttribute("data-kind", kind !== null);
    if (kind) {
      this.kind = part("div", styles.kind);
      this.kind.append(icon(`kind-${kind}`), this.words.kind(kind));
      this.element.prepend(this.kind);
    }
  }

  private setMarks(node: MapNode): void {
    this.marks?.remove();
    this.marks = null;
    this.element.style.setProperty("--marks", String(marksOf(node)));
    if (marksOf(node) === 0) {
      return;
    }
    this.marks = part("div", styles.marks);
    this.marks.append(mark("mark-note", this.words.note));
    this.element.append(this.marks);
  }

  /** For the eye: who hears the node hears the whole of its text. */
  private setMore(lines: number): void {
    this.more?.remove();
    this.more = null;
    this.element.toggleAttribute("data-cut", lines > 0);
    if (lines > 0) {
      this.more = part("div", styles.more);
      this.more.setAttribute("aria-hidden", "true");
      this.more.textContent = this.words.more(lines);
      this.text.after(this.more);
    }
  }

  private setChip(chip: Chip | null): void {
    this.chip?.remove();
    this.chip = null;
    this.element.toggleAttribute("data-chip", chip !== null);
    if (chip) {
      this.chip = chipElement(chip);
      (this.more ?? this.text).after(this.chip);
    }
  }

  private setKnob(shown: boolean, face: NodeFace): void {
    this.knob?.remove();
    this.knob = null;
    if (!shown) {
      this.element.removeAttribute("aria-expanded");
      return;
    }
    this.element.setAttribute("aria-expanded", String(face.hidden === 0));
    this.knob = part("span", styles.knob);
    this.knob.dataset.side = face.side < 0 ? "left" : "right";
    this.knob.toggleAttribute("data-folded", face.hidden > 0);
    if (face.hidden > 0) {
      this.knob.append(String(face.hidden));
      this.knob.title = this.words.hidden(face.hidden);
    } else {
      this.knob.setAttribute("aria-hidden", "true");
    }
    this.element.append(this.knob);
  }
}

/** A chip: what it is about by its picture, how far it is decided by its frame and a second one. */
function chipElement(chip: Chip): HTMLElement {
  const element = part("div", chipStyles.chip);
  element.dataset.standing = chip.standing;
  element.title = chip.label;
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", chip.label);
  const words = part("span", chipStyles.text);
  words.textContent = chip.text;
  element.append(icon(`chip-${chip.kind}`), words);
  if (chip.standing !== "proposed") element.append(icon(`chip-${chip.standing}`));
  return element;
}

function mark(symbol: string, words: string): HTMLElement {
  const element = part("span", styles.mark);
  element.title = words;
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", words);
  element.append(icon(symbol));
  return element;
}

/** An icon of the sprite that MapSprite draws once for the page. */
export function icon(symbol: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#${symbol}`);
  svg.append(use);
  return svg;
}

/** An element with one class. */
export function part(tag: "div" | "span", className: string | undefined): HTMLElement {
  const element = document.createElement(tag);
  element.className = className ?? "";
  return element;
}
