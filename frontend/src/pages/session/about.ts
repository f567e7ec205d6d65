/** What the session says of single nodes: locks, votes, and who is inside a branch. */
import type { Peer } from "~/hooks/presence";
import type { MapModel } from "~/map/model";
import { type NodeId, ROOT } from "~/map/schema";
import type { Badges } from "~/pages/session/render/badgeLayer";
import type { SessionState } from "~/sync/protocol";

const NOTHING: Badges = { locked: false, mine: 0, tally: 0, inside: 0 };

interface Sources {
  readonly session: SessionState | null;
  readonly mine: Readonly<Record<NodeId, number>>;
  readonly inside: ReadonlyMap<NodeId, number>;
}

/** What stands at the corners of nodes; those with nothing to say are left out. */
export function badgesOf({ session, mine, inside }: Sources): ReadonlyMap<NodeId, Badges> {
  const badges = new Map<NodeId, Badges>();
  const add = (id: NodeId, part: Partial<Badges>) =>
    badges.set(id, { ...(badges.get(id) ?? NOTHING), ...part });
  for (const id of session?.locks ?? []) add(id, { locked: true });
  for (const [id, tally] of Object.entries(session?.tallies ?? {})) add(id, { tally });
  // While a vote is on, one's own votes stand where the totals will.
  for (const [id, n] of Object.entries(mine)) add(id, { mine: n, tally: 0 });
  for (const [id, n] of inside) add(id, { inside: n });
  return badges;
}

/** How many people there are in each main branch; several pages of one person are one. */
export function peopleInside(model: MapModel, peers: readonly Peer[]): Map<NodeId, number> {
  const people = new Map<NodeId, Set<string>>();
  for (const peer of peers) {
    let at = peer.drag?.nodes[0] ?? peer.caret?.node ?? peer.selected;
    while (at !== null && at !== undefined) {
      const parent: NodeId | null = model.node(at)?.parent ?? null;
      if (parent === ROOT) people.set(at, (people.get(at) ?? new Set()).add(peer.id));
      at = parent;
    }
  }
  return new Map([...people].map(([id, who]) => [id, who.size]));
}
