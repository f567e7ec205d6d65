/** What the outline and the panels beside the map are given. */
import type { OpenMap } from "~/hooks/roomState";
import type { Author } from "~/map/commands";
import type { NodeId } from "~/map/schema";
import type { Gate } from "~/pages/session/actions/context";

/** An open map; what `useRoom` returns fits. */
export interface PanelRoom extends OpenMap {
  /** Until the map has come in, its nodes are no news. */
  readonly status?: { readonly synced: boolean };
}

/** The map, what is selected in it, and who edits. */
export interface PanelProps {
  readonly room: PanelRoom;
  readonly selected: NodeId | null;
  readonly onSelect: (id: NodeId) => void;
  readonly author: Author;
  readonly canEdit: boolean;
  /** What the session lets one do with the nodes. */
  readonly gate: Gate;
}
