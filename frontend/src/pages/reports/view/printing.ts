import { createContext, useContext, useEffect, useState } from "react";
import { flushSync } from "react-dom";

const Printing = createContext(false);

/** Tells the parts of a report whether it is going to paper. */
export const PrintingProvider = Printing.Provider;

/** Whether the page is going to paper, where everything has to be there that is folded or left for later. */
export const usePrinting = (): boolean => useContext(Printing);

/** Watches for printing; once, for the whole report. */
export function useWatchPrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes its picture as soon as the event is over.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
  return printing;
}
