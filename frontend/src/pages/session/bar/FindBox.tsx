import type { RefObject } from "react";
import type { MapModel } from "~/map/model";
import type { NodeId } from "~/map/schema";
import { SearchBox } from "~/pages/session/bar/SearchBox";
import { useHits } from "~/pages/session/bar/useHits";

interface FindBoxProps {
  model: MapModel;
  input: RefObject<HTMLInputElement | null>;
  onJump: (id: NodeId) => void;
  onDone: () => void;
}

/** The search of the page: what is found is gone to, one after the other. */
export function FindBox({ model, input, onJump, onDone }: FindBoxProps) {
  const { hit, begin } = useHits(model, onJump);
  return (
    <SearchBox
      {...{ model, input, hit, onDone }}
      onJump={(id, among) => {
        onJump(id);
        if (among) begin(id, among);
      }}
    />
  );
}
