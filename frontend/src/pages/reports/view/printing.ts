import { createContext, useContext } from "react";

const Printing = createContext(false);

/** Tells the parts of a report whether it is going to paper. */
export const PrintingProvider = Printing.Provider;

/** Whether the page is going to paper, where everything has to be there that is folded or left for later. */
export const usePrinting = (): boolean => useContext(Printing);
