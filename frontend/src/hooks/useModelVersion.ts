import { useEffect, useState } from "react";
import type { MapModel, ModelChange } from "~/map/model";

/** Numbers that go up when a map changes: `any` with every change, `structure` when nodes came, went or moved. */
export interface ModelVersion {
  readonly any: number;
  readonly structure: number;
}

/**
 * Draws again when the map changes. One's own changes show at once; those of others are gathered for a frame, so
 * that sixty people who write at the same time cost sixty drawings a second and not six hundred.
 */
export function useModelVersion(model: MapModel): ModelVersion {
  const [version, setVersion] = useState<ModelVersion>({ any: 0, structure: 0 });
  useEffect(() => {
    let frame = 0;
    let structure = false;
    const flush = () => {
      cancelAnimationFrame(frame);
      const step = structure ? 1 : 0;
      frame = 0;
      structure = false;
      setVersion((old) => ({ any: old.any + 1, structure: old.structure + step }));
    };
    const stop = model.subscribe((change: ModelChange) => {
      structure ||= change.structure;
      if (!change.remote) flush();
      else frame ||= requestAnimationFrame(flush);
    });
    // What changed between drawing and listening.
    structure = true;
    flush();
    return () => {
      cancelAnimationFrame(frame);
      stop();
    };
  }, [model]);
  return version;
}
