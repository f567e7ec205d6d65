// @vitest-environment node
import * as encoding from "lib0/encoding";
import { describe, expect, it } from "vitest";
import { decode, FrameError, resync, step1, step2, token, update } from "~/sync/protocol";
import { seeded } from "./random";

const HELLO = {
  epoch: 3,
  seq: 140,
  role: "editor",
  participant: "0190aaaa-0000-7000-8000-000000000001",
  limits: { frame_bytes: 2_097_152, odd: "x" },
  time: "2026-11-23T10:00:00Z",
};

function json(type: number, body: unknown): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    encoding.writeVarString(encoder, JSON.stringify(body));
  });
}

describe("decoding", () => {
  it.each([
    ["step1", step1(Uint8Array.of(0)), { stateVector: Uint8Array.of(0) }],
    ["step2", step2(Uint8Array.of(0, 0)), { update: Uint8Array.of(0, 0) }],
    ["update", update(new Uint8Array(300)), { update: new Uint8Array(300) }],
    ["awareness", Uint8Array.of(1, 1, 0), { states: Uint8Array.of(0) }],
    ["queryAwareness", Uint8Array.of(3), {}],
    ["denied", Uint8Array.of(2, 0, 2, 110, 111), { reason: "no" }],
    ["hello", json(110, HELLO), { hello: { ...HELLO, limits: { frame_bytes: 2_097_152 } } }],
    ["ack", json(111, { frames: 17, seq: 140 }), { ack: { frames: 17, seq: 140 } }],
    ["resync", resync("why"), { reason: "why" }],
    ["unknown", token("secret").fill(126, 0, 1), {}],
  ])("reads %s", (type, frame, fields) => {
    expect(decode(frame)).toEqual([{ type, ...fields }]);
  });

  it("reads a refusal and the session's state, and takes no more from them than it knows", () => {
    const nack = { frame: 18, code: "gap", message: "m", retryable: true };
    const state = { phase: "live", locked: true, epoch: 3 };

    expect(decode(json(112, { ...nack, later: 1 }))).toEqual([{ type: "nack", nack }]);
    expect(decode(json(115, { ...state, timer: {} }))).toMatchObject([{ type: "state", state }]);
  });

  it("reads messages back to back", () => {
    const frame = Uint8Array.of(...step1(Uint8Array.of(0)), ...Uint8Array.of(3));

    expect(decode(frame).map(({ type }) => type)).toEqual(["step1", "queryAwareness"]);
  });

  it.each([
    ["nothing", Uint8Array.of()],
    ["an update cut short", update(new Uint8Array(30)).slice(0, 20)],
    ["bytes behind a message", Uint8Array.of(...update(Uint8Array.of(0, 0)), 0)],
    ["a sync message of unknown kind", Uint8Array.of(0, 3, 0)],
    ["a hello with an unknown role", json(110, { ...HELLO, role: "king" })],
    ["a hello without an epoch", json(110, { ...HELLO, epoch: undefined })],
    ["an ack of a fraction", json(111, { frames: 1.5, seq: 1 })],
    ["an ack that is a list", json(111, [])],
    ["a body that is no JSON", Uint8Array.of(112, 1, 123)],
  ])("refuses %s", (_, frame) => {
    expect(() => decode(frame)).toThrow(FrameError);
  });

  it("of random bytes gives messages or a FrameError, and nothing else", () => {
    const random = seeded(11);
    const outcomes = new Set<string>();
    for (let n = 0; n < 20_000; n++) {
      const frame = Uint8Array.from({ length: random() * 12 }, () => {
        const likely = [0, 1, 2, 3, 110, 111, 112, 113, 115];
        return random() < 0.5 ? (likely[Math.floor(random() * 9)] ?? 0) : random() * 256;
      });
      try {
        for (const { type } of decode(frame)) outcomes.add(type);
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError);
        outcomes.add("error");
      }
    }

    expect(outcomes).toContain("error");
    expect(outcomes).toContain("step1");
  });
});
