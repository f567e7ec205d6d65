import type { RefObject } from "react";
import type { RoomState } from "~/hooks/useRoom";
import { LeadChips } from "~/pages/session/run/LeadChips";
import { useCall } from "~/pages/session/run/useCall";
import { useFollow } from "~/pages/session/run/useFollow";
import type { Lead } from "~/pages/session/run/useLead";
import type { Session } from "~/pages/session/useSession";

interface LeadingProps {
  room: RoomState;
  session: Session;
  stage: RefObject<HTMLElement | null>;
  lead: Lead;
}

/** Goes where facilitators call and lead, and says so over the map. */
export function Leading({ room, session, stage, lead }: LeadingProps) {
  const { controller, jump, author, facilitates } = session;
  const calling = useCall({
    room,
    isCalled: !facilitates,
    isWriting: () => stage.current?.querySelector("textarea:focus, input:focus") != null,
    jump,
  });
  const following = useFollow({ room, me: author.id, controller, stage, show: jump });
  return (
    <LeadChips
      model={room.model}
      calling={calling}
      following={following}
      onEnd={() => lead.follow(false)}
    />
  );
}
