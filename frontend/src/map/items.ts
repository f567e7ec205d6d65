/** Where in a document something stands, found by going up from it. */
import * as Y from "yjs";

/** Of an item and those that it is inside of, the one whose parent is such; its key is `parentSub`. */
export function itemUnder(
  item: Y.Item | null,
  isSuch: (parent: Y.Item["parent"]) => boolean,
): Y.Item | null {
  let at = item;
  while (at && !isSuch(at.parent)) {
    at = at.parent instanceof Y.AbstractType ? at.parent._item : null;
  }
  return at;
}
