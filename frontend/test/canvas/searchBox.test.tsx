import { act, fireEvent, render, screen } from "@testing-library/react";
import { createRef } from "react";
import { describe, expect, it, vi } from "vitest";
import { addChild } from "~/map/commands";
import { textOf } from "~/map/schema";
import { SearchBox } from "~/pages/session/bar/SearchBox";
import { mapOf } from "../maps";

function open() {
  const map = mapOf(`
    Prévention
      Guidance for teachers
    Training
      Guidance at night
  `);
  const [onJump, onDone] = [vi.fn(), vi.fn()];
  render(<SearchBox model={map.model} input={createRef()} onJump={onJump} onDone={onDone} />);
  const field = screen.getByRole("combobox");
  const find = (words: string) => fireEvent.change(field, { target: { value: words } });
  return { ...map, onJump, onDone, field, find };
}

describe("search", () => {
  it("finds by words without accents, and says where each stands", () => {
    const { find } = open();
    find("guid");
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual([
      "Guidance for teachersPrévention",
      "Guidance at nightTraining",
    ]);
    find("prevention");
    expect(screen.getAllByRole("option")).toHaveLength(1);
  });

  it("jumps with arrows and Enter, and gives the keys back to the map", () => {
    const { find, field, onJump, onDone, at } = open();
    find("guid");
    fireEvent.keyDown(field, { key: "ArrowDown" });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(onJump.mock.lastCall?.[0]).toBe(at("Guidance at night"));
    expect(onDone).toHaveBeenCalled();
    expect(screen.queryByRole("listbox")).toBeNull();
  });

  it("follows what others write, and keeps to the node that was chosen", () => {
    const { find, field, onJump, doc, at } = open();
    find("guid");
    fireEvent.keyDown(field, { key: "ArrowDown" });
    act(() => {
      const first = at("Guidance for teachers");
      doc.transact(() => textOf(doc, first)?.insert(0, "No "));
      addChild(doc, { id: "badger" }, at("Prévention"), "Guidance anew");
    });
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual([
      "Guidance anewPrévention",
      "Guidance at nightTraining",
      "No Guidance for teachersPrévention",
    ]);
    fireEvent.keyDown(field, { key: "Enter" });
    expect(onJump.mock.lastCall?.[0]).toBe(at("Guidance at night"));
  });

  it("says so when nothing is found, and is left with Escape", () => {
    const { find, field, onDone } = open();
    find("helicopter");
    expect(screen.getByText("Nothing found")).toBeTruthy();
    fireEvent.keyDown(field, { key: "Escape" });
    expect(onDone).toHaveBeenCalled();
  });
});
