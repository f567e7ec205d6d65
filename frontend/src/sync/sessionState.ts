/** What the map's session is doing, as the server tells it (message 115): read with care. */
import { isRecord } from "~/map/schema";

/** How a round is worked in. */
export const METHODS = [
  "collect",
  "silent",
  "reveal",
  "group",
  "link",
  "vote",
  "discuss",
  "close",
] as const;
/** One of {@link METHODS}. */
export type Method = (typeof METHODS)[number];

/** The round that is on. Times are milliseconds since 1970 by the server's clock. */
export interface RoundState {
  readonly id: string;
  /** Which of the agenda it is, from 1 on. */
  readonly n: number;
  readonly of: number;
  readonly title: string;
  readonly method: Method;
  readonly prompt: string;
  /** Null without a timer, and while that is paused. */
  readonly ends: number | null;
  /** What is left while the timer is paused. */
  readonly left: number | null;
  /** Whether what was written in it in silence stands in a map by now. */
  readonly revealed: boolean;
}

/** What this page's participant may do while the map is not locked. */
export interface Grants {
  readonly add: boolean;
  /** Whose nodes may be changed. */
  readonly edit: "none" | "own" | "all";
  readonly link: boolean;
  readonly vote: boolean;
}

/** A vote that is on. */
export interface VoteState {
  /** The round's id. */
  readonly id: string;
  /** How many votes each person has. */
  readonly votes: number;
  /** The kind of node that is voted on; null for any. */
  readonly kind: string | null;
  /** How many people have voted. */
  readonly voters: number;
}

/** What the map's session is doing. */
export interface SessionState {
  /** The session's state, such as `live` or `closed`. */
  readonly phase: string;
  /** The map's state, such as `open` or `locked`; null of an older server. */
  readonly map: string | null;
  /** Whether this page may not write now, though its role may. */
  readonly locked: boolean;
  readonly epoch: number;
  /** The server's time when it said this; null of an older server. */
  readonly time: number | null;
  readonly round: RoundState | null;
  readonly grants: Grants;
  /** The top nodes of locked branches. */
  readonly locks: readonly string[];
  /** Where everybody was called to last; `n` grows with every call. */
  readonly call: { readonly n: number; readonly node: string | null } | null;
  /** The participant whom to follow. */
  readonly follow: string | null;
  /** The silent round whose ideas have not appeared, and how far it has come; for facilitators only. */
  readonly silent: SilentState | null;
  readonly vote: VoteState | null;
  /** By node, the votes that it got in votes that are closed. */
  readonly tallies: Readonly<Record<string, number>>;
  /** Another number whenever a card of what the map links may be another; null of an older server. */
  readonly catalogue: number | null;
}

/** A silent round whose ideas have not appeared. It may be over. */
export interface SilentState {
  readonly round: string;
  readonly ideas: number;
  readonly people: number;
}

/** Who may do everything: what a server means that says nothing of rounds. */
export const ALL_GRANTS: Grants = { add: true, edit: "all", link: true, vote: false };

/** The parts beyond phase, epoch and lock. What is missing or makes no sense is left out. */
export function readStage(
  body: Record<string, unknown>,
): Omit<SessionState, "phase" | "locked" | "epoch"> {
  return {
    map: text(body.map),
    time: number(body.time),
    round: round(body.round),
    grants: grants(body.grants),
    locks: Array.isArray(body.locks) ? body.locks.filter((it) => typeof it === "string") : [],
    call: call(body.call),
    follow: isRecord(body.follow) ? text(body.follow.participant) : null,
    silent: silent(body.silent),
    vote: vote(body.vote),
    tallies: tallies(body.tallies),
    catalogue: number(body.catalogue),
  };
}

function silent(value: unknown): SilentState | null {
  if (!isRecord(value)) return null;
  const { round, ideas, people } = value;
  return { round: text(round) ?? "", ideas: number(ideas) ?? 0, people: number(people) ?? 0 };
}

function round(value: unknown): RoundState | null {
  if (!isRecord(value)) return null;
  const id = text(value.id);
  const method = METHODS.find((it) => it === value.method);
  if (id === null || method === undefined) return null;
  return {
    id,
    method,
    n: number(value.n) ?? 1,
    of: number(value.of) ?? 1,
    title: text(value.title) ?? "",
    prompt: text(value.prompt) ?? "",
    ends: number(value.ends),
    left: number(value.left),
    revealed: value.revealed === true,
  };
}

function grants(value: unknown): Grants {
  if (!isRecord(value)) return ALL_GRANTS;
  const edit = (["own", "all"] as const).find((it) => it === value.edit) ?? "none";
  return { add: value.add === true, edit, link: value.link === true, vote: value.vote === true };
}

function call(value: unknown): SessionState["call"] {
  const n = isRecord(value) ? number(value.n) : null;
  return isRecord(value) && n !== null ? { n, node: text(value.node) } : null;
}

function vote(value: unknown): VoteState | null {
  const id = isRecord(value) ? text(value.id) : null;
  if (!isRecord(value) || id === null) return null;
  const [votes, voters] = [number(value.votes) ?? 0, number(value.voters) ?? 0];
  return { id, votes, voters, kind: text(value.kind) };
}

function tallies(value: unknown): Readonly<Record<string, number>> {
  if (!isRecord(value)) return {};
  const counts = Object.entries(value).filter((it): it is [string, number] => {
    return number(it[1]) !== null;
  });
  return Object.fromEntries(counts);
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
