/**
 * The last answers that a map's page cannot do without, for when no server answers: who one is, and
 * what the map is. Words of maps are kept by sync/offline.ts.
 */
import { ApiError, type ErrorCode } from "./client";

const PREFIX = "gapmap.answer.";
/** No answer, or one from a proxy with no server behind it. */
const AWAY: ReadonlySet<ErrorCode> = new Set(["network", "busy"]);

/** The answer to a call, or the one it had the last time; a refusal forgets that. */
export async function orKept<Body>(name: string, call: Promise<Body>): Promise<Body> {
  try {
    const body = await call;
    attempt((store) => store.setItem(PREFIX + name, JSON.stringify(body)));
    return body;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (!AWAY.has(error.code)) attempt((store) => store.removeItem(PREFIX + name));
    const kept = attempt((store) => store.getItem(PREFIX + name));
    if (!kept) throw error;
    return JSON.parse(kept) as Body;
  }
}

/** Forgets all of them. */
export function forgetAnswers(): void {
  attempt((store) => {
    for (const name of Object.keys(store)) if (name.startsWith(PREFIX)) store.removeItem(name);
  });
}

/** Where a browser keeps nothing (a private window, a full disk), there is nothing to fall back on. */
function attempt<T>(act: (store: Storage) => T): T | null {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
}
