/**
 * What one may do in the map just now, and why not. The server decides; the page says it before one
 * has written something that would be refused.
 */
import type { MapModel } from "~/map/model";
import type { Reach, Step } from "~/map/reach";
import { fieldsOf, type NodeId, ROOT, readMark } from "~/map/schema";
import type { Command } from "~/pages/session/keys/table";
import type { Rights } from "~/pages/session/rights";
import type { SessionState } from "~/sync/protocol";

/** What is done to nodes. */
export type Deed =
  | "add"
  | "edit"
  | "move"
  | "remove"
  | "restore"
  | "relate"
  | "comment"
  | "link"
  | "step";

/** Why it may not be done; each has its words. */
export type Withheld =
  | Exclude<Rights, "edit">
  | "branch"
  | "below"
  | "add"
  | "change"
  | "own"
  | "comment"
  | "link";

/** Who asks, and what the session says. */
export interface Standing {
  readonly rights: Rights;
  readonly facilitates: boolean;
  /** The own participant id. */
  readonly me: string;
  readonly session: SessionState | null;
  /** What would be taken back or done again; null where there is nothing. */
  readonly nextReach?: (what: Step) => Reach | null;
}

/** Decides on deeds as the server would. */
export class Permits {
  constructor(
    private readonly model: MapModel,
    private readonly standing: Standing,
  ) {}

  /** Why nodes may not be treated so; null where they may. `to` is what they would be put under. */
  reason(deed: Deed, ids: readonly NodeId[], to: readonly NodeId[] = []): Withheld | null {
    const { rights, facilitates, session } = this.standing;
    if (rights !== "edit") return rights;
    if (facilitates || !session) return null;
    const locked = (id: NodeId) => this.lockOver(id) !== null;
    if (deed === "add") {
      // A node that is made empty must be written in, too.
      if (!session.grants.add || session.grants.edit === "none") return "add";
      return ids.some(locked) ? "branch" : null;
    }
    if (deed === "link") {
      if (!session.grants.link) return "link";
      return ids.some(locked) ? "branch" : null;
    }
    if (deed === "comment" || deed === "relate") return session.grants.add ? null : "add";
    if (session.grants.edit === "none") return "change";
    if (ids.some(locked) || to.some(locked)) return "branch";
    const isWhole = deed === "remove" || deed === "restore";
    if (isWhole && ids.some((id) => this.hasLockBelow(id))) return "below";
    return session.grants.edit === "own" && !ids.every((id) => this.isMine(id)) ? "own" : null;
  }

  /** Why a comment may not be changed or deleted: it is its author's and the facilitators'. */
  reasonOfComment(by: string): Withheld | null {
    const { facilitates, me, session } = this.standing;
    const why = this.reason("comment", []);
    if (why !== null || facilitates) return why;
    if (by !== me) return "comment";
    return session?.grants.edit === "none" ? "change" : null;
  }

  /** Why an arrow may not be labelled or taken away. */
  reasonOfArrow(by: string): Withheld | null {
    const { facilitates, me, session } = this.standing;
    const why = this.reason("step", []);
    if (why !== null || facilitates) return why;
    return session?.grants.edit === "own" && by !== me ? "own" : null;
  }

  /** Why a command may not be carried out on nodes. */
  ofCommand(command: Command, ids: readonly NodeId[]): Withheld | null {
    const deed = DEEDS[command];
    if (!deed) return null;
    if (command === "undo" || command === "redo") {
      return this.ofStep(this.standing.nextReach?.(command) ?? null);
    }
    const beside = command === "addAfter" || command === "addBefore";
    const at = beside ? ids.map((id) => this.model.node(id)?.parent ?? ROOT) : ids;
    const moved = this.alsoMoved(command, ids);
    return this.reason(deed, at) ?? (moved.length > 0 ? this.reason("move", moved) : null);
  }

  /** Why a step may not be taken back or done again. Nodes that are not there are made by it, or gone for good. */
  private ofStep(reach: Reach | null): Withheld | null {
    if (!reach) return this.reason("step", []);
    const isThere = (id: NodeId) => fieldsOf(this.model.doc, id) !== undefined;
    const nodes = [...reach.nodes].filter(isThere);
    if (reach.linksOnly) return this.reason("link", nodes);
    const whole = [...reach.whole].filter(isThere);
    return this.reason("step", nodes, [...reach.parents]) ?? this.reason("restore", whole);
  }

  /** The locked node that a node stands under, or is. */
  lockOver(id: NodeId): NodeId | null {
    const locks = this.standing.session?.locks ?? [];
    for (let at: NodeId | null = id; at !== null; at = this.model.standing(at)?.parent ?? null) {
      if (locks.includes(at)) return at;
    }
    return null;
  }

  private hasLockBelow(id: NodeId): boolean {
    return (this.standing.session?.locks ?? []).some((lock) => this.model.isWithin(lock, id));
  }

  /** Nodes that get another place by a command that does something else, too. */
  private alsoMoved(command: Command, ids: readonly NodeId[]): readonly NodeId[] {
    if (command === "addParent") return ids.filter((id) => id !== ROOT);
    if (command !== "removeKeeping") return [];
    const children = ids.flatMap((id) => this.model.node(id)?.children ?? []);
    return children.filter((id) => !ids.includes(id));
  }

  /** Also of what is in the trash, which the model does not show. */
  private isMine(id: NodeId): boolean {
    return readMark(fieldsOf(this.model.doc, id)?.get("made"))?.by === this.standing.me;
  }
}

const DEEDS: Partial<Record<Command, Deed>> = {
  addChild: "add",
  addAfter: "add",
  addBefore: "add",
  addParent: "add",
  edit: "edit",
  relate: "relate",
  links: "link",
  linkOffer: "link",
  makeGap: "link",
  remove: "remove",
  removeKeeping: "remove",
  moveUp: "move",
  moveDown: "move",
  moveLeft: "move",
  moveRight: "move",
  undo: "step",
  redo: "step",
};
