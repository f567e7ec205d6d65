/**
 * Who else is here and what they are at, read out of awareness.
 *
 * The server vouches for `user`; the rest is what the other page says, so it is checked here and
 * never trusted further than to draw something.
 */

import type { Awareness } from "y-protocols/awareness";
import { colourOfPerson } from "~/map/people";
import type { Colour, NodeId } from "~/map/schema";
import type { PresenceFields, SharedCaret, SharedDrag, SharedView } from "~/sync/presence";

/** Somebody else in the room: one open page of one participant. */
export interface Peer extends Required<PresenceFields> {
  /** The page's number in awareness. */
  readonly client: number;
  /** Participant id. */
  readonly id: string;
  readonly name: string;
  readonly colour: Colour;
  readonly role: string;
}

/** What presence needs of a room. */
export interface PresenceRoom {
  readonly awareness: Awareness;
  setPresence(fields: PresenceFields): void;
}

/** More than this of a foreign list is not looked at. */
const MOST_DRAGGED = 50;

/** Everybody else in the room, in a steady order. */
export function peersOf(awareness: Awareness): Peer[] {
  const peers: Peer[] = [];
  for (const [client, state] of awareness.getStates()) {
    const user = record(state.user);
    if (client === awareness.clientID || !user) {
      continue;
    }
    const id = text(user.id) ?? String(client);
    peers.push({
      client,
      id,
      name: text(user.name) ?? "",
      colour: colourOfPerson(id),
      role: text(user.role) ?? "",
      selected: text(state.selected),
      caret: caret(state.caret),
      drag: drag(state.drag),
      view: view(state.view),
    });
  }
  return peers.sort((a, b) => (a.name === b.name ? a.client - b.client : a.name < b.name ? -1 : 1));
}

/** The node that this page is writing in: its text or its note. */
export function ownCaretNode(awareness: Awareness): NodeId | null {
  return caret(awareness.getLocalState()?.caret)?.node ?? null;
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value.slice(0, 200) : null;
}

function caret(value: unknown): SharedCaret | null {
  const fields = record(value);
  const node = text(fields?.node);
  const anchor = record(fields?.anchor);
  const head = record(fields?.head);
  const field = fields?.field === "note" ? "note" : "text";
  return node && anchor && head ? { node, field, anchor, head } : null;
}

function drag(value: unknown): SharedDrag | null {
  const fields = record(value);
  if (!fields || !Array.isArray(fields.nodes)) {
    return null;
  }
  const nodes = fields.nodes.slice(0, MOST_DRAGGED).filter((id) => typeof id === "string");
  return { nodes, parent: text(fields.parent) };
}

function view(value: unknown): SharedView | null {
  const fields = record(value);
  if (!fields) return null;
  const { x, y, width, height } = fields;
  const numbers = [x, y, width, height].every(
    (it) => typeof it === "number" && Number.isFinite(it),
  );
  if (!numbers || Number(width) <= 0 || Number(height) <= 0) return null;
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}
