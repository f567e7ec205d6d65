// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Link, PATIENCE } from "~/sync/link";

/** A socket that does what the test says. */
class FakeSocket {
  static readonly made: FakeSocket[] = [];
  static get last(): FakeSocket {
    return FakeSocket.made.at(-1) as FakeSocket;
  }

  readyState = 0;
  bufferedAmount = 0;
  binaryType = "";
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly sent: unknown[] = [];

  constructor(readonly url: string) {
    FakeSocket.made.push(this);
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  hear(): void {
    this.onmessage?.({ data: new ArrayBuffer(1) });
  }

  lose(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code, reason: "" });
  }

  send(data: unknown): void {
    this.sent.push(data);
  }

  close(): void {
    this.readyState = 3;
  }
}

const ask = vi.fn();
const onLost = vi.fn<(code: number, reason: string) => boolean>();
let link: Link;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made.length = 0;
  ask.mockReset();
  onLost.mockReset().mockReturnValue(true);
  link = new Link({
    url: () => "ws://server/sync/m",
    onOpen: () => {},
    onMessage: () => {},
    onLost,
    ask,
    createSocket: (url) => new FakeSocket(url) as unknown as WebSocket,
  });
  link.start();
});

afterEach(() => {
  link.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** How long the link waits after a loss before it tries again. */
function waitAfterLoss(): number {
  const before = FakeSocket.made.length;
  FakeSocket.last.lose();
  const start = Date.now();
  while (FakeSocket.made.length === before) vi.advanceTimersByTime(1);
  return Date.now() - start;
}

describe("a link that is lost", () => {
  it("waits longer each time, up to a limit, and never exactly as long as others", () => {
    const waits = Array.from({ length: 12 }, waitAfterLoss);

    waits.forEach((wait, n) => {
      const longest = Math.min(PATIENCE.longestWait, PATIENCE.firstWait * 2 ** n);
      expect(wait).toBeGreaterThanOrEqual(longest / 2 - 1);
      expect(wait).toBeLessThanOrEqual(longest + 1);
    });
    expect(new Set(waits.slice(-5)).size).toBeGreaterThan(1);
  });

  it("begins with short waits again after a connection that lasted, and only then", () => {
    for (let n = 0; n < 8; n++) waitAfterLoss();
    FakeSocket.last.open();
    expect(waitAfterLoss()).toBeGreaterThan(5_000);

    FakeSocket.last.open();
    vi.advanceTimersByTime(PATIENCE.settled);

    expect(waitAfterLoss()).toBeLessThanOrEqual(PATIENCE.firstWait + 1);
  });

  it("tries at once when it is woken", () => {
    for (let n = 0; n < 8; n++) waitAfterLoss();
    FakeSocket.last.lose();
    const before = FakeSocket.made.length;

    link.wake();

    expect(FakeSocket.made).toHaveLength(before + 1);
  });

  it("stays lost where its owner says so", () => {
    onLost.mockReturnValue(false);
    FakeSocket.last.open();
    FakeSocket.last.lose(4403);
    vi.advanceTimersByTime(600_000);
    link.wake();

    expect(onLost).toHaveBeenCalledExactlyOnceWith(4403, "");
    expect(FakeSocket.made).toHaveLength(1);
  });
});

describe("a link that is silent", () => {
  it("asks for a sign of life, and is given up without one", () => {
    FakeSocket.last.open();
    vi.advanceTimersByTime(PATIENCE.silence + 2 * PATIENCE.beat);
    expect(ask).toHaveBeenCalledOnce();
    expect(onLost).not.toHaveBeenCalled();

    vi.advanceTimersByTime(PATIENCE.answer + 2 * PATIENCE.beat);

    expect(onLost).toHaveBeenCalledExactlyOnceWith(1006, "the connection was silent");
  });

  it("goes on when it is answered", () => {
    FakeSocket.last.open();
    ask.mockImplementation(() => FakeSocket.last.hear());
    vi.advanceTimersByTime(20 * PATIENCE.silence);

    expect(ask.mock.calls.length).toBeGreaterThan(15);
    expect(onLost).not.toHaveBeenCalled();
    expect(FakeSocket.made).toHaveLength(1);
  });

  it("is not asked while it is heard", () => {
    FakeSocket.last.open();
    for (let n = 0; n < 100; n++) {
      FakeSocket.last.hear();
      vi.advanceTimersByTime(PATIENCE.silence / 2);
    }

    expect(ask).not.toHaveBeenCalled();
  });

  it("is given up if it does not even open", () => {
    vi.advanceTimersByTime(PATIENCE.opening + 2 * PATIENCE.beat);

    expect(onLost).toHaveBeenCalledExactlyOnceWith(1006, "the server did not answer");
  });

  it("is asked at once after the computer slept, and given less time", () => {
    FakeSocket.last.open();
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(PATIENCE.beat);
    expect(ask).toHaveBeenCalledOnce();

    vi.advanceTimersByTime(PATIENCE.answer / 3 + 2 * PATIENCE.beat);

    expect(onLost).toHaveBeenCalledOnce();
  });

  it("is noticed as soon as any other where the clock has been set back", () => {
    FakeSocket.last.open();
    vi.setSystemTime(Date.now() - 3_600_000);
    link.wake();
    vi.advanceTimersByTime(PATIENCE.beat);
    expect(ask).toHaveBeenCalled();

    vi.advanceTimersByTime(PATIENCE.answer / 3 + 2 * PATIENCE.beat);

    expect(onLost).toHaveBeenCalledExactlyOnceWith(1006, "the connection was silent");
  });
});

it("what an earlier socket says no longer counts", () => {
  const first = FakeSocket.last;
  first.open();
  link.start();
  FakeSocket.last.open();

  first.lose(4403);

  expect(onLost).not.toHaveBeenCalled();
  expect(link.isOpen).toBe(true);
});
