/** The ideas of an open map as rows of the Links board, read from the map itself: live, and offline too. */
import type { BoardRow } from "~/api/types";
import type { LinkCards } from "~/hooks/useCards";
import type { MapModel } from "~/map/model";
import { ROOT } from "~/map/schema";
import { type BoardFilter, isWithin } from "~/pages/links/filter";

interface Sources {
  readonly map: string;
  readonly model: MapModel;
  readonly tallies: Readonly<Record<string, number>>;
  readonly cards: Pick<LinkCards, "card" | "standing">;
  readonly filter: BoardFilter;
}

/** All that are within the filter, those with the most votes first, else in the map's order. */
export function boardRows(sources: Sources): BoardRow[] {
  const { map, model, tallies, cards, filter } = sources;
  const rows: BoardRow[] = [];
  for (const node of model.walk()) {
    if (node.id === ROOT || node.text.trim() === "") continue;
    const links = node.links.map(({ target }) => ({
      target,
      state: cards.standing(node.id, target),
      card: cards.card(target) ?? null,
    }));
    if (!isWithin({ links }, filter)) continue;
    rows.push({
      ...{ map, map_title: model.title, node: node.id, text: node.text, kind: node.kind, links },
      votes: tallies[node.id] ?? 0,
      path: Array.from(model.ancestors(node.id), ({ text }) => text).reverse(),
    });
  }
  return rows.sort((a, b) => b.votes - a.votes);
}
