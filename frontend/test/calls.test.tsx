/** What a facilitator's call to a node does to those who are called. */
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RoomState } from "~/hooks/useRoom";
import { addChild } from "~/map/commands";
import { modelOf } from "~/map/model";
import { ROOT } from "~/map/schema";
import { useCall } from "~/pages/session/run/useCall";
import { readStage } from "~/sync/sessionState";
import { newMap } from "./maps";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Somebody in a map, who is then called to a node of it. */
function called({ isWriting }: { isWriting: boolean }) {
  const doc = newMap();
  const node = addChild(doc, { id: "lead" }, ROOT, "Here");
  const model = modelOf(doc);
  const jump = vi.fn();
  const at = (call: { n: number; node: string | null }) => {
    const session = { phase: "live", locked: false, epoch: 1, ...readStage({ call }) };
    return { model, status: { session } } as unknown as RoomState;
  };
  const input = (room: RoomState) => ({ room, isCalled: true, isWriting: () => isWriting, jump });
  const hook = renderHook(useCall, { initialProps: input(at({ n: 1, node: null })) });
  hook.rerender(input(at({ n: 2, node })));
  return { node, jump, hook };
}

it("takes along whoever is not writing, and says for a while where to", () => {
  const { node, jump, hook } = called({ isWriting: false });

  expect(jump).toHaveBeenCalledExactlyOnceWith(node);
  expect(hook.result.current.node).toBe(node);
  act(() => void vi.advanceTimersByTime(60_000));
  expect(hook.result.current.node).toBeNull();
});

it("asks whoever is writing, until they go or say no", () => {
  const { node, jump, hook } = called({ isWriting: true });

  act(() => void vi.advanceTimersByTime(60_000));
  expect(jump).not.toHaveBeenCalled();
  expect(hook.result.current.node).toBe(node);
  act(() => hook.result.current.go());
  expect(jump).toHaveBeenCalledExactlyOnceWith(node);
  expect(hook.result.current.node).toBeNull();
});
