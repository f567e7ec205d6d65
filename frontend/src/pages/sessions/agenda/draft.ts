/** An agenda while it is planned: rounds as a form holds them, and as the server takes them. */
import type { Agenda, RoundDraft } from "~/api/types";
import { type Grants, METHODS, type Method } from "~/sync/sessionState";

/** A round as the form holds it. An empty field says nothing: no timer, or as the method says. */
export interface RoundForm {
  /** Tells rounds apart while they have no id. */
  readonly key: string;
  readonly id: string | null;
  readonly begun: boolean;
  readonly title: string;
  readonly method: Method;
  readonly prompt: string;
  readonly minutes: string;
  readonly votes: string;
  readonly voteKind: string;
  readonly target: string | null;
  readonly mayAdd: "" | "yes" | "no";
  readonly mayEdit: "" | Grants["edit"];
  readonly mayLink: "" | "yes" | "no";
}

/** What participants may do by a method alone; the twin of the server's `Method::grants`. */
export function grantsOf(method: Method): Grants {
  const writes = method === "collect" || method === "discuss" || method === "group";
  return {
    add: writes,
    edit: writes ? "all" : "none",
    link: method === "link",
    vote: method === "vote",
  };
}

let made = 0;

/** A new round at the end of an agenda. */
export function newRound(): RoundForm {
  made += 1;
  const empty = { title: "", prompt: "", votes: "", voteKind: "", target: null };
  const may = { mayAdd: "", mayEdit: "", mayLink: "" } as const;
  return {
    key: `new ${made}`,
    id: null,
    begun: false,
    method: "collect",
    minutes: "10",
    ...empty,
    ...may,
  };
}

const said = (value: boolean | null) => (value === null ? "" : value ? "yes" : "no");
const asBoolean = (value: "" | "yes" | "no") => (value === "" ? null : value === "yes");
const asNumber = (value: string) => (value.trim() === "" ? null : Number(value));

/** The rounds of an agenda, to be changed. */
export function formsOf({ rounds }: Agenda): RoundForm[] {
  return rounds.map((round) => ({
    key: round.id,
    id: round.id,
    begun: round.state !== "waiting",
    title: round.title,
    method: METHODS.find((it) => it === round.method) ?? "discuss",
    prompt: round.prompt,
    minutes: round.minutes === null ? "" : String(round.minutes),
    votes: round.votes === null ? "" : String(round.votes),
    voteKind: round.vote_kind ?? "",
    target: round.target,
    mayAdd: said(round.may_add),
    mayEdit: (["none", "own", "all"] as const).find((it) => it === round.may_edit) ?? "",
    mayLink: said(round.may_link),
  }));
}

/** A round as the server takes it. */
export function bodyOf(form: RoundForm): RoundDraft {
  const isVote = form.method === "vote";
  return {
    ...(form.id !== null && { id: form.id }),
    title: form.title.trim(),
    method: form.method,
    prompt: form.prompt.trim(),
    minutes: asNumber(form.minutes),
    votes: isVote ? asNumber(form.votes) : null,
    vote_kind: isVote && form.voteKind !== "" ? form.voteKind : null,
    target: form.target,
    may_add: asBoolean(form.mayAdd),
    may_edit: form.mayEdit === "" ? null : form.mayEdit,
    may_link: asBoolean(form.mayLink),
  };
}

/** The field of a round that the server would refuse; null where all is well. */
export function problemOf(form: RoundForm): "title" | "minutes" | "votes" | null {
  const within = (value: string, most: number) => {
    const n = asNumber(value);
    return n === null || (Number.isInteger(n) && n >= 1 && n <= most);
  };
  if (form.title.trim() === "") return "title";
  if (!within(form.minutes, 1440)) return "minutes";
  return form.method === "vote" && !within(form.votes, 100) ? "votes" : null;
}

/** The list with one of its items at another place. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.filter((_, n) => n !== from);
  const place = Math.min(Math.max(to, 0), rest.length);
  return [...rest.slice(0, place), ...items.slice(from, from + 1), ...rest.slice(place)];
}

/** How long the rounds take that have a time. */
export function minutesOf(rounds: readonly { minutes: number | null }[]): number {
  return rounds.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
}
