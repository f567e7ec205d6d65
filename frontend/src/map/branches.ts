/**
 * Branches as one map gives them to another over the clipboard: with the notes, kinds, colours and
 * links that plain text has no place for. Comments and votes are about the idea where it was said,
 * and stay there.
 *
 * What comes from the clipboard may have been written by anybody, so it is checked as it is read.
 */
import { nest, type OutlineItem, type OutlineLine } from "~/map/outlineText";
import {
  asString,
  asTarget,
  asWhole,
  cut,
  isRecord,
  NOTE_LIMIT,
  readColour,
  readFit,
  readKind,
} from "~/map/schema";

/** The number of this form; another one is not read. */
const FORM = 1;
/** The longest text that is looked at: more than an edit may weigh. */
const LENGTH_LIMIT = 4_000_000;

/** Writes branches down. */
export function formatBranches(lines: readonly OutlineLine[]): string {
  const nodes = lines.map(({ depth, text, note, kind, colour, links }) => ({
    depth,
    text,
    ...(note && { note }),
    ...(kind && { kind }),
    ...(colour && { colour }),
    ...(links?.length && { links }),
  }));
  return JSON.stringify({ gapmap: FORM, nodes });
}

/** Reads branches; null where it is something else, or nothing. */
export function parseBranches(data: string): OutlineItem[] | null {
  if (data === "" || data.length > LENGTH_LIMIT) return null;
  const nodes = nodesIn(data);
  if (nodes === null) return null;
  const items = nest(nodes.filter(isRecord).map(readLine));
  return items.length > 0 ? items : null;
}

function nodesIn(data: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(data);
    return isRecord(value) && value.gapmap === FORM && Array.isArray(value.nodes)
      ? value.nodes
      : null;
  } catch {
    return null;
  }
}

function readLine(node: Record<string, unknown>): OutlineLine {
  return {
    depth: asWhole(node.depth),
    text: asString(node.text),
    note: cut(asString(node.note), NOTE_LIMIT),
    kind: readKind(node.kind),
    colour: readColour(node.colour),
    links: Array.isArray(node.links) ? node.links.filter(isRecord).flatMap(readLink) : [],
  };
}

function readLink({ target, fit }: Record<string, unknown>) {
  const found = asTarget(asString(target));
  return found === null ? [] : [{ target: found, fit: readFit(fit) }];
}
