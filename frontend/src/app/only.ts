type Raw = Record<string, unknown>;

/**
 * Reads an address and leaves out what no page asked for: the router would hand that on, and a list asks
 * the server for what stands in its address, which refuses words that it does not know.
 */
export function only<Search extends object>(read: (raw: Raw) => Search): (raw: Raw) => Search {
  return (raw) => ({
    // Left out by being undefined: what is missing here, the router takes from the address itself.
    ...Object.fromEntries(Object.keys(raw).map((name) => [name, undefined])),
    ...read(raw),
  });
}
