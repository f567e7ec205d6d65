/**
 * A socket that comes back: opens it, opens it again after a loss, and notices when the other side
 * has silently gone. Knows nothing of what the messages say.
 */

/** How patient a link is, in milliseconds. */
export interface Patience {
  /** The first wait after a loss; it doubles with each failure. */
  readonly firstWait: number;
  readonly longestWait: number;
  /** How long a connection must last for the next loss to count as the first again. */
  readonly settled: number;
  /** How long a socket may take to open. */
  readonly opening: number;
  /** How long nothing may be heard before the link asks for a sign of life. */
  readonly silence: number;
  /** How long the answer to that may take. */
  readonly answer: number;
  /** How often the link looks at the clock. Where it missed several times, the computer slept. */
  readonly beat: number;
}

/** For people and their networks. */
export const PATIENCE: Patience = {
  firstWait: 250,
  longestWait: 15_000,
  settled: 10_000,
  opening: 15_000,
  silence: 30_000,
  answer: 10_000,
  beat: 2_500,
};

/** What a link needs of its owner. */
export interface LinkOptions {
  readonly url: () => string;
  readonly onOpen: () => void;
  readonly onMessage: (frame: Uint8Array) => void;
  /** The socket is gone. Whether to try again. */
  readonly onLost: (code: number, reason: string) => boolean;
  /** Sends something that the server must answer. */
  readonly ask: () => void;
  readonly createSocket?: ((url: string) => WebSocket) | undefined;
  readonly patience?: Partial<Patience> | undefined;
}

/** The code of a loss that the browser did not tell us of. */
const LOST = 1006;
const OPEN = 1;

/** One socket at a time. */
export class Link {
  private readonly patience: Patience;
  private socket: WebSocket | null = null;
  private isWanted = false;
  private failures = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private beatTimer: ReturnType<typeof setTimeout> | undefined;
  private lastBeat = 0;
  private since = 0;
  private lastHeard = 0;
  /** Until when an answer must have come, and when it was asked for. */
  private asked: { at: number; until: number } | null = null;

  constructor(private readonly options: LinkOptions) {
    this.patience = { ...PATIENCE, ...options.patience };
  }

  /** Whether the socket is open. */
  get isOpen(): boolean {
    return this.socket?.readyState === OPEN;
  }

  /** Bytes that wait to be sent. */
  get backlog(): number {
    return this.socket?.bufferedAmount ?? 0;
  }

  /** Opens the link at once, anew where it is open, and keeps it open. */
  start(): void {
    this.drop();
    this.isWanted = true;
    this.failures = 0;
    this.lastBeat = Date.now();
    this.nextBeat();
    this.open();
  }

  /** Closes the link until the next `start`. */
  stop(): void {
    this.isWanted = false;
    clearTimeout(this.beatTimer);
    clearTimeout(this.retryTimer);
    this.drop();
  }

  /** Sends a frame, where the socket is open. */
  send(frame: Uint8Array): void {
    if (this.isOpen) this.socket?.send(frame as Uint8Array<ArrayBuffer>);
  }

  /** Gives this socket up, and opens another after the usual wait. */
  again(reason: string): void {
    this.lose(LOST, reason);
  }

  /**
   * Something may have happened to the network or to this computer: a link that waits tries at
   * once, one that seems open wants a sign of life, soon.
   */
  wake(): void {
    if (!this.isWanted) return;
    if (this.isOpen) {
      this.ask(this.patience.answer / 3);
    } else if (!this.socket) {
      this.failures = 0;
      this.open();
    }
  }

  private open(): void {
    clearTimeout(this.retryTimer);
    if (this.socket || !this.isWanted) return;
    const create = this.options.createSocket ?? ((url) => new WebSocket(url));
    const socket = create(this.options.url());
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.since = Date.now();
    this.asked = null;
    const isCurrent = () => this.socket === socket;
    socket.onopen = () => {
      if (!isCurrent()) return;
      this.lastHeard = Date.now();
      this.options.onOpen();
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!isCurrent()) return;
      this.lastHeard = Date.now();
      // Text is no message of ours; an empty one reads as malformed, which is what it is.
      this.options.onMessage(data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array());
    };
    socket.onclose = ({ code, reason }) => {
      if (isCurrent()) this.lose(code, reason);
    };
    // A close always follows.
    socket.onerror = () => {};
  }

  private nextBeat(): void {
    clearTimeout(this.beatTimer);
    this.beatTimer = setTimeout(() => {
      const now = Date.now();
      const isSetBack = now < this.lastBeat;
      const slept = isSetBack || now - this.lastBeat > 3 * this.patience.beat;
      if (isSetBack) this.forgetTimes(now);
      this.lastBeat = now;
      this.nextBeat();
      if (slept) this.wake();
      else this.check(now);
    }, this.patience.beat);
  }

  /** The clock was set back: what was noted by it lies ahead, and until then no silence would be noticed. */
  private forgetTimes(now: number): void {
    this.since = now;
    this.lastHeard = 0;
    this.asked = null;
  }

  /** Looks for a socket that does not open, or that has gone without a word. */
  private check(now: number): void {
    if (!this.socket) return;
    if (!this.isOpen) {
      if (now - this.since > this.patience.opening) this.lose(LOST, "the server did not answer");
      return;
    }
    if (this.asked && this.lastHeard >= this.asked.at) this.asked = null;
    if (this.asked && now > this.asked.until) this.lose(LOST, "the connection was silent");
    else if (!this.asked && now - this.lastHeard > this.patience.silence) {
      this.ask(this.patience.answer);
    }
  }

  private ask(within: number): void {
    const now = Date.now();
    this.asked = { at: now, until: now + within };
    this.options.ask();
  }

  private lose(code: number, reason: string): void {
    const { firstWait, longestWait, settled } = this.patience;
    if (this.socket && Date.now() - this.since >= settled) this.failures = 0;
    this.drop();
    if (!this.isWanted) return;
    this.isWanted = this.options.onLost(code, reason);
    if (!this.isWanted) {
      clearTimeout(this.beatTimer);
      return;
    }
    // Half of the wait at random, so that a hundred pages do not come back in the same moment.
    const wait = Math.min(longestWait, firstWait * 2 ** this.failures) * (0.5 + Math.random() / 2);
    this.failures++;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.open(), wait);
  }

  private drop(): void {
    const { socket } = this;
    this.socket = null;
    socket?.close(1000);
  }
}
