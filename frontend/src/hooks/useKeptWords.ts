import { useCallback, useEffect, useState } from "react";
import type { AsideText } from "~/sync/aside";
import { forgetOffline, keptWords } from "~/sync/device";

const NONE: readonly AsideText[] = [];

/** The words that this browser keeps of a map and that never reached the server. */
export function useKeptWords(map: string) {
  const [words, setWords] = useState(NONE);
  useEffect(() => {
    let isWanted = true;
    void keptWords(map).then((kept) => isWanted && setWords(kept));
    return () => {
      isWanted = false;
    };
  }, [map]);
  const discard = useCallback(async () => {
    await forgetOffline(map);
    setWords(NONE);
  }, [map]);
  return { words, discard };
}
