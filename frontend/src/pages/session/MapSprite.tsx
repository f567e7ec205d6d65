import {
  CircleCheck,
  CircleDashed,
  CircleX,
  Hand,
  Link2,
  Lock,
  PackageCheck,
  Pencil,
  UsersRound,
  Vote,
} from "lucide-react";
import { KIND_ICONS } from "~/components/kindIcons";
import { KINDS } from "~/map/schema";
import { NOTE_ICON } from "~/pages/session/tools";

/** The icons that stand on nodes, drawn once for the page: a node only refers to them. */
export function MapSprite() {
  return (
    <svg width="0" height="0" style={{ position: "absolute" }} aria-hidden="true">
      <defs>
        {KINDS.map((kind) => {
          const Icon = KIND_ICONS[kind];
          return (
            <symbol key={kind} id={`kind-${kind}`} viewBox="0 0 24 24">
              <Icon />
            </symbol>
          );
        })}
        <symbol id="mark-note" viewBox="0 0 24 24">
          <NOTE_ICON />
        </symbol>
        <symbol id="chip-many" viewBox="0 0 24 24">
          <Link2 />
        </symbol>
        <symbol id="chip-gap" viewBox="0 0 24 24">
          <CircleDashed />
        </symbol>
        <symbol id="chip-solution" viewBox="0 0 24 24">
          <PackageCheck />
        </symbol>
        <symbol id="chip-confirmed" viewBox="0 0 24 24">
          <CircleCheck />
        </symbol>
        <symbol id="chip-rejected" viewBox="0 0 24 24">
          <CircleX />
        </symbol>
        <symbol id="mark-edit" viewBox="0 0 24 24">
          <Pencil />
        </symbol>
        <symbol id="mark-drag" viewBox="0 0 24 24">
          <Hand />
        </symbol>
        <symbol id="mark-lock" viewBox="0 0 24 24">
          <Lock />
        </symbol>
        <symbol id="mark-vote" viewBox="0 0 24 24">
          <Vote />
        </symbol>
        <symbol id="mark-people" viewBox="0 0 24 24">
          <UsersRound />
        </symbol>
      </defs>
    </svg>
  );
}
