/** Ideas written alone, before the server has them. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { useIdeas } from "~/hooks/useIdeas";
import { drawerOf } from "~/pages/session/silent/drawer";

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

/** A tab in a silent round, without network if not told otherwise. */
function openTab(connected = false) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const input = { round: "r", connected, drawer: drawerOf("r"), onRefused: () => {} };
  return renderHook(() => useIdeas(input), { wrapper });
}

it("what is written in two tabs without network is kept of both", () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  const [one, two] = [openTab(), openTab()];

  act(() => one.result.current.add("from the first"));
  act(() => two.result.current.add("from the second"));

  const kept = drawerOf("r").read();
  expect(kept.map(({ text }) => text)).toEqual(["from the first", "from the second"]);
});

it("an idea is kept even where its page goes in the same moment", () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
  const tab = openTab();

  act(() => {
    tab.result.current.add("first");
    tab.result.current.add("second");
    tab.unmount();
  });

  expect(drawerOf("r").read()).toMatchObject([{ text: "first" }, { text: "second" }]);
});

it("what the server has got is not kept to be sent once more", async () => {
  const sent: unknown[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "GET") return Response.json({ items: sent });
    sent.push(await request.json());
    return Response.json(sent.at(-1), { status: 201 });
  });
  const tab = openTab(true);

  act(() => tab.result.current.add("sent once"));

  await waitFor(() => expect(tab.result.current.waiting).toEqual([]));
  expect(sent).toHaveLength(1);
  expect(drawerOf("r").read()).toEqual([]);
});
