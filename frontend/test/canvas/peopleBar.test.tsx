import { act, fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { PeopleBar } from "~/pages/session/bar/PeopleBar";

function roomOf(...people: { id: string; name: string; selected?: string }[]) {
  const awareness = new Awareness(new Y.Doc());
  people.forEach(({ id, name, selected }, n) => {
    awareness.states.set(n + 1, { user: { id, name, colour: "red", role: "editor" }, selected });
  });
  return { awareness, setPresence: vi.fn() };
}

const me = { id: "me", name: "Badger-07" };

describe("people", () => {
  it("are counted once each, however many pages they have open, and I am one of them", () => {
    const room = roomOf(
      { id: "a", name: "Heron-12" },
      { id: "a", name: "Heron-12", selected: "n1" },
      { id: "me", name: "Badger-07" },
    );
    render(<PeopleBar room={room} me={me} onJump={vi.fn()} />);
    expect(screen.getByRole("button", { name: "2 people here" })).toBeTruthy();
  });

  it("can be gone to where they are", () => {
    const onJump = vi.fn();
    const room = roomOf(
      { id: "a", name: "Heron-12" },
      { id: "a", name: "Heron-12", selected: "n1" },
    );
    render(<PeopleBar room={room} me={me} onJump={onJump} />);
    fireEvent.click(screen.getByRole("button", { name: "2 people here" }));
    fireEvent.click(screen.getByTitle("Go to where Heron-12 is"));
    expect(onJump).toHaveBeenCalledWith("n1");
  });

  it("appear when they come", async () => {
    const room = roomOf();
    render(<PeopleBar room={room} me={me} onJump={vi.fn()} />);
    expect(screen.getByRole("button", { name: "1 person here" })).toBeTruthy();
    await act(async () => {
      const user = { id: "b", name: "Lynx-03", colour: "red", role: "editor" };
      room.awareness.states.set(9, { user });
      room.awareness.emit("change", [{ added: [9], updated: [], removed: [] }, "x"]);
      await new Promise(requestAnimationFrame);
    });
    expect(screen.getByRole("button", { name: "2 people here" })).toBeTruthy();
  });
});
