/** A bad network: a TCP proxy that delays, stalls and cuts what goes through it. */
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Between some clients and a server. */
export class FlakyNetwork {
  /** Milliseconds that each piece of data takes. */
  delay: () => number = () => 0;
  /** While true, nothing passes and nobody is told. */
  isStalled = false;
  /** While true, nobody gets through. */
  isDown = false;
  private readonly pairs = new Set<readonly [Socket, Socket]>();

  private constructor(private readonly listener: Server) {}

  static async before(port: number): Promise<FlakyNetwork> {
    const listener = createServer();
    const network = new FlakyNetwork(listener);
    listener.on("connection", (client) => network.join(client, port));
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    return network;
  }

  /** Where to reach the server through this network. */
  get syncUrl(): string {
    return `ws://127.0.0.1:${(this.listener.address() as AddressInfo).port}/sync`;
  }

  /** Cuts every connection, in the middle of whatever it carries. */
  cut(): void {
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }

  /** From now on all is well. */
  heal(): void {
    this.delay = () => 0;
    this.isDown = false;
    // What was swallowed is missing from these connections for good.
    if (this.isStalled) this.cut();
    this.isStalled = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private join(client: Socket, port: number): void {
    if (this.isDown) {
      client.destroy();
      return;
    }
    const server = connect(port, "127.0.0.1");
    const pair = [client, server] as const;
    this.pairs.add(pair);
    this.carry(client, server);
    this.carry(server, client);
    const end = () => {
      this.pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on("error", end).on("close", end);
  }

  /** In order, each piece after its own delay. */
  private carry(from: Socket, to: Socket): void {
    let last = Promise.resolve();
    from.on("data", (data) => {
      if (this.isStalled) return;
      const due = new Promise((resolve) => setTimeout(resolve, this.delay()));
      last = last.then(async () => {
        await due;
        if (!to.destroyed) to.write(data);
      });
    });
  }
}
