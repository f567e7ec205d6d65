/** The palette: found, linked and left by keys alone; and the cards that it and the map show. */
import { QueryClientProvider } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import type { MapCards } from "~/api/types";
import { newQueryClient } from "~/app/queryClient";
import { ToastProvider } from "~/components/Toast";
import type { RoomState } from "~/hooks/useRoom";
import { createUndo, setLink } from "~/map/commands";
import { type LinkTarget, textOf } from "~/map/schema";
import { type Gate, OPEN_GATE } from "~/pages/session/actions/context";
import { LinkPalette } from "~/pages/session/link/LinkPalette";
import { useLinking } from "~/pages/session/link/useLinking";
import { NodePanel } from "~/pages/session/NodePanel";
import type { SessionState } from "~/sync/protocol";
import { readStage } from "~/sync/sessionState";
import { NEW_STATUS, type RoomStatus } from "~/sync/status";
import { AUTHOR, mapOf } from "./maps";
import { gapCard, MockLinks } from "./mockLinks";

const MAP = "0199f3a0-0000-7000-8000-000000000099";

interface Options {
  status?: Partial<RoomStatus>;
  gate?: Partial<Gate>;
  /** Shows the side panel, too. */
  panel?: boolean;
}

interface PageProps {
  room: RoomState;
  gate: Gate;
  node: string;
  panel: boolean;
  onClose: () => void;
}

function Page({ room, gate, node, panel, onClose }: PageProps) {
  const linking = useLinking(MAP, room, AUTHOR, gate);
  const props = { room, selected: node, onSelect: () => {}, author: AUTHOR, canEdit: true, gate };
  return (
    <>
      <LinkPalette linking={{ ...linking, node: panel ? null : node, close: onClose }} />
      {panel && <NodePanel {...props} linking={linking} />}
    </>
  );
}

/** A map with the palette open at "Help at night", and a server that knows some gaps. */
function open({ status = {}, gate = {}, panel = false }: Options = {}) {
  const map = mapOf(`
    Prevention
      Help at night
    Radio
  `);
  const node = map.at("Help at night");
  const links = new MockLinks();
  const asked: URL[] = [];
  const server = { links, cards: { items: [], links: [] } as MapCards, isBroken: false, asked };
  globalThis.fetch = async (input) => {
    const request = input as Request;
    const url = new URL(request.url);
    asked.push(url);
    if (server.isBroken) return Response.json({ code: "forbidden" }, { status: 403 });
    const call = { query: url.searchParams } as Parameters<MockLinks["suggest"]>[0];
    if (url.pathname.endsWith("/suggest")) return Response.json(links.suggest(call));
    if (url.pathname.endsWith("/cards")) return Response.json(server.cards);
    if (url.pathname.endsWith("/gap")) {
      const { title } = (await request.json()) as { title?: string };
      const text = title ?? map.model.node(node)?.text ?? "";
      return Response.json(gapCard(77, text), { status: 201 });
    }
    return Response.json({ participants: [] });
  };
  const state = { phase: "open" as const, loaded: true, synced: true, ...status };
  const session: SessionState = { phase: "live", locked: false, epoch: 1, ...readStage({}) };
  const tell = { now: { ...NEW_STATUS, session, ...state } as RoomStatus };
  const room = {
    status: tell.now,
    awareness: new Awareness(map.doc),
    setPresence: () => {},
    subscribe: () => () => {},
  };
  const onClose = vi.fn();
  const undo = createUndo(map.doc);
  const client = newQueryClient();
  const page = () => (
    <QueryClientProvider client={client}>
      <ToastProvider>
        <Page
          room={{ ...map, undo, room, status: tell.now } as unknown as RoomState}
          gate={{ ...OPEN_GATE, ...gate }}
          {...{ node, panel, onClose }}
        />
      </ToastProvider>
    </QueryClientProvider>
  );
  const { rerender } = render(page());
  const hear = (next: Partial<RoomStatus>) => {
    tell.now = { ...tell.now, ...next };
    rerender(page());
  };
  const linked = () => map.model.node(node)?.links.map(({ target }) => target) ?? [];
  return { ...map, node, server, onClose, linked, hear, undo };
}

const field = () => screen.getByRole("combobox", { name: "Find a gap or a solution" });
const key = (name: string) => act(async () => void fireEvent.keyDown(field(), { key: name }));
/** The lines, once the catalogue has answered. */
async function options(): Promise<HTMLElement[]> {
  await waitFor(() => expect(document.querySelector("[aria-busy=true]")).toBeNull());
  return screen.findAllByRole("option");
}
const chosen = () => document.getElementById(field().getAttribute("aria-activedescendant") ?? "");

it("offers what fits the idea's words, marks them, and says how they were ranked", async () => {
  const { server } = open();

  const [first] = await options();
  expect(first?.textContent).toContain("GAP-12 Find help at night");
  expect([...(first?.querySelectorAll("mark") ?? [])].map((it) => it.textContent)).toContain(
    "help",
  );
  expect(await screen.findByText("Ranked by words")).toBeTruthy();
  const question = server.asked.find((url) => url.pathname.endsWith("/suggest"));
  expect(question?.searchParams.get("text")).toBe("Help at night");
  expect(question?.searchParams.getAll("path").join()).toContain("Prevention");
});

it("links and unlinks by Enter, one after the other, and stays open", async () => {
  const { linked, server, undo } = open();
  await options();

  await key("Enter");
  expect(linked()).toEqual([server.links.catalogue[0]?.target]);
  expect(chosen()?.getAttribute("aria-selected")).toBe("true");
  expect(screen.getByText("Linked to GAP-12")).toBeTruthy();
  await key("ArrowDown");
  await key("Enter");
  expect(linked()).toHaveLength(2);
  await key("Enter");
  expect(linked()).toHaveLength(1);
  act(() => void undo.undo());
  expect(linked()).toHaveLength(2);
});

it("does not unlink what somebody else has linked at that very moment", async () => {
  const { linked, doc, node, server } = open();
  await options();
  const target = server.links.catalogue[0]?.target ?? "";
  act(() => setLink(doc, { id: "somebody else" }, node, target as LinkTarget));

  await key("Enter");
  expect(linked()).toEqual([target]);
  expect(screen.getByText("Linked to GAP-12")).toBeTruthy();
});

it("finds by typed words once typing pauses, and says when there is nothing", async () => {
  const { server } = open();
  await options();
  fireEvent.change(field(), { target: { value: "scann" } });
  fireEvent.change(field(), { target: { value: "scanner" } });

  await waitFor(async () => expect((await options())[0]?.textContent).toContain("SOL-35"));
  const asked = server.asked.map((url) => url.searchParams.get("text"));
  expect(asked).toContain("scanner");
  expect(asked).not.toContain("scann");

  fireEvent.change(field(), { target: { value: "helicopter" } });
  expect(await screen.findByText(/Nothing in the catalogue fits/)).toBeTruthy();
});

it("makes a new gap by N and Enter, and takes N for a letter when a word follows", async () => {
  const { onClose, server } = open();
  await options();
  await key("n");
  expect(chosen()?.textContent).toContain("New gap: “Help at night”");
  await key("e");
  expect((field() as HTMLInputElement).value).toBe("ne");
  fireEvent.change(field(), { target: { value: "" } });
  expect(server.asked.some((url) => url.pathname.endsWith("/gap"))).toBe(false);

  await key("n");
  await key("Enter");
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(server.asked.at(-1)?.pathname).toContain("/gap");
});

it("says why nothing may be linked, and links nothing", async () => {
  const reason = "Nothing is linked to gaps and solutions in this round.";
  const { linked } = open({ gate: { reason: () => reason, withheld: () => true } });
  await options();

  await key("Enter");
  expect(screen.getByText(reason)).toBeTruthy();
  expect(linked()).toEqual([]);
});

it("says what went wrong, and tries again", async () => {
  const { server } = open();
  await options();
  server.isBroken = true;
  fireEvent.change(field(), { target: { value: "scanner" } });
  await screen.findByRole("alert");

  server.isBroken = false;
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(async () => expect((await options())[0]?.textContent).toContain("SOL-35"));
});

it("links what it knows while there is no connection", async () => {
  const { hear, linked, server } = open();
  await options();
  hear({ phase: "offline" });

  expect(await screen.findByText(/You are offline/)).toBeTruthy();
  const before = server.asked.length;
  fireEvent.change(field(), { target: { value: "help" } });
  await key("Enter");
  expect(linked()).toHaveLength(1);
  expect(server.asked).toHaveLength(before);
});

it("closes when somebody deletes the idea", async () => {
  const { doc, node, onClose } = open();
  await options();
  act(() => doc.transact(() => doc.getMap("nodes").delete(node)));

  expect(onClose).toHaveBeenCalled();
});

it("offers in the panel while an idea is written; a tap links, and the card says what it is", async () => {
  const { linked, doc, node, server } = open({ panel: true });

  fireEvent.click(
    await screen.findByRole("button", { name: /^Link to Find help at night GAP-12/ }),
  );
  expect(linked()).toHaveLength(1);
  const links = screen.getByRole("region", { name: "Linked to" });
  expect(within(links).getByText("GAP-12 · 3 solutions, best TRL 8")).toBeTruthy();
  expect(screen.queryByRole("button", { name: /^Link to .*GAP-12/ })).toBeNull();

  act(() => textOf(doc, node)?.insert(0, "Scanner and "));
  expect(await screen.findByRole("button", { name: /^Link to .*SOL-35/ })).toBeTruthy();
  expect(server.asked.filter((url) => url.pathname.endsWith("/suggest")).length).toBeLessThan(4);

  fireEvent.click(within(links).getByRole("button", { name: "Remove the link to GAP-12" }));
  expect(linked()).toEqual([]);
});

it("reads the cards again, once, when the catalogue has changed", async () => {
  const { hear, server } = open({ panel: true });
  const reads = () => server.asked.filter((url) => url.pathname.endsWith("/cards")).length;
  const stage = (catalogue: number) => ({
    session: { phase: "live", locked: false, epoch: 1, ...readStage({ catalogue }) },
  });
  hear(stage(1));
  await waitFor(() => expect(reads()).toBe(1));

  hear(stage(2));
  hear(stage(3));
  await waitFor(() => expect(reads()).toBe(2));
  hear(stage(3));
  await act(() => vi.waitFor(() => new Promise((done) => requestAnimationFrame(done))));
  expect(reads()).toBe(2);
});

it("takes Enter that came before the answer for what was typed", async () => {
  const { linked, server } = open();
  await options();
  fireEvent.change(field(), { target: { value: "scanner" } });
  await key("Enter");
  expect(linked()).toEqual([]);

  await waitFor(() => expect(linked()).toEqual([server.links.catalogue[3]?.target]));
});
