/**
 * What the session says of nodes, at their corners: a lock, one's own votes, what votes gave them,
 * how many people are inside a branch.
 */
import type { NodeId } from "~/map/schema";
import styles from "~/pages/session/render/Map.module.css";
import type { MapView } from "~/pages/session/render/MapView";
import { icon, part } from "~/pages/session/render/nodeElement";

/** What stands at the corners of one node. Nought shows nothing. */
export interface Badges {
  readonly locked: boolean;
  /** One's own votes in the vote that is on. */
  readonly mine: number;
  /** Votes from votes that are closed. */
  readonly tally: number;
  /** How many people are in the branch, where it shows none of its nodes. */
  readonly inside: number;
}

/** More of one's own votes on one node than this are a number. */
const MOST_DOTS = 5;

/** The badges over the nodes. */
export class BadgeLayer {
  private badges: ReadonlyMap<NodeId, Badges> = new Map();
  private readonly elements = new Map<NodeId, HTMLElement>();
  private about: (id: NodeId) => string = () => "";
  private version = 0;
  private drawn = "";

  constructor(private readonly view: MapView) {
    view.overlays.push(() => this.draw());
  }

  /** Shows these from the next frame on; `about` puts them into words for who hears the map. */
  show(badges: ReadonlyMap<NodeId, Badges>, about: (id: NodeId) => string): void {
    for (const id of this.badges.keys()) {
      this.view.element(id)?.removeAttribute("aria-description");
    }
    this.badges = badges;
    this.about = about;
    this.version += 1;
    this.view.invalidate();
  }

  private draw(): void {
    const { scene } = this.view;
    this.describe();
    const key = `${scene.version} ${this.version}`;
    if (this.drawn === key) return;
    this.drawn = key;
    for (const [id, element] of this.elements) {
      if (this.badges.has(id) && scene.layout.box(id)) continue;
      element.remove();
      this.elements.delete(id);
    }
    for (const [id, badges] of this.badges) {
      const box = scene.layout.box(id);
      if (!box) continue;
      const element = this.elements.get(id) ?? this.make(id);
      element.style.transform = `translate(${box.x}px, ${box.y}px)`;
      element.style.width = `${box.width}px`;
      element.style.height = `${box.height}px`;
      fill(element, badges);
    }
  }

  /** In each frame: a node's element is another one whenever it has come back into view. */
  private describe(): void {
    for (const id of this.badges.keys()) {
      const element = this.view.element(id);
      const words = element ? this.about(id) : "";
      if (element && element.getAttribute("aria-description") !== words) {
        element.setAttribute("aria-description", words);
      }
    }
  }

  private make(id: NodeId): HTMLElement {
    const element = part("div", styles.badges);
    // The node itself says it in words.
    element.setAttribute("aria-hidden", "true");
    this.elements.set(id, element);
    this.view.stage.presence.append(element);
    return element;
  }
}

function fill(element: HTMLElement, { locked, mine, tally, inside }: Badges): void {
  const face = `${locked} ${mine} ${tally} ${inside}`;
  if (element.dataset.face === face) return;
  element.dataset.face = face;
  element.replaceChildren();
  if (locked) element.append(badge(styles.badgeLock, icon("mark-lock")));
  if (mine > 0) element.append(badge(styles.badgeVotes, ...dots(mine)));
  if (tally > 0) element.append(badge(styles.badgeTally, icon("mark-vote"), String(tally)));
  if (inside > 0) element.append(badge(styles.badgeInside, icon("mark-people"), String(inside)));
}

function dots(count: number): (HTMLElement | string)[] {
  const shown = count > MOST_DOTS ? 1 : count;
  const made = Array.from({ length: shown }, () => part("span", styles.badgeDot));
  return count > MOST_DOTS ? [...made, String(count)] : made;
}

function badge(className: string | undefined, ...content: (Node | string)[]): HTMLElement {
  const element = part("span", className);
  element.append(...content);
  return element;
}
