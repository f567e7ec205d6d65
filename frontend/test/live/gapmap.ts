/** A real server for tests: the built program, on a database of its own, killed and started at will. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A node of `GET /api/v1/maps/{id}/tree`. */
export interface TreeNode {
  readonly id: string;
  readonly text: string;
  readonly kind: string | null;
  readonly note: string;
  /** What it got in votes that are closed. */
  readonly votes?: number;
  readonly children: readonly TreeNode[];
}

/** A map, and one token for each of some participants who may edit it. */
export interface Workshop {
  readonly session: string;
  readonly map: string;
  readonly tokens: readonly string[];
  /** Who they are, in whose name they make nodes. */
  readonly authors: readonly { readonly id: string }[];
  /** The token of the account that made it. */
  readonly owner: string;
}

const EMAIL = "tester@example.org";

/** The program under test. */
function program(): string {
  const path = process.env.GAPMAP_BIN;
  if (!path) throw new Error("set GAPMAP_BIN to the gapmap program that these tests shall run");
  return path;
}

/** What several servers share. */
export interface Shared {
  /** The address of a PostgreSQL. */
  readonly database: string;
  /** The address of a NATS. */
  readonly nats: string;
}

/** One server process after another on one database. */
export class Gapmap {
  private readonly folder = mkdtempSync(join(tmpdir(), "gapmap-live-"));
  private readonly database: string;
  private process: ChildProcess | null = null;
  private token = "";
  private port = 0;

  private constructor(private readonly shared?: Shared) {
    this.database = shared?.database ?? `sqlite:${join(this.folder, "gapmap.db")}`;
  }

  /** Makes a database with an account in it, or takes a new one to be shared, and serves it. */
  static async start(shared?: Shared): Promise<Gapmap> {
    const server = new Gapmap(shared);
    server.run(["user", "add", EMAIL, "--role", "admin", "--password-stdin"], "a long password\n");
    server.token = server.run(["token", "create", "--user", EMAIL]).trim();
    await server.serve();
    return server;
  }

  /** One more server on the database that this one shares. */
  async beside(): Promise<Gapmap> {
    const server = new Gapmap(this.shared);
    server.token = this.token;
    await server.serve();
    return server;
  }

  /** The host and port, which stay the same when the server is started again. */
  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** The TCP port. */
  get tcpPort(): number {
    return this.port;
  }

  /** Where sockets are taken. */
  get syncUrl(): string {
    return `ws://${this.host}/sync`;
  }

  /** Starts the server, at the same port as before. */
  async serve(): Promise<void> {
    const args = ["serve", "--database", this.database, "--listen", `127.0.0.1:${this.port}`];
    if (this.shared) args.push("--nats", this.shared.nats);
    const child = spawn(program(), args, {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, GAPMAP_LOG_LEVEL: "error" },
    });
    this.process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const address = line.match(/listen\w* on http:\/\/127\.0\.0\.1:(\d+)/i)?.[1];
      if (address === undefined) continue;
      this.port = Number(address);
      return;
    }
    throw new Error("the server ended before it listened");
  }

  /** Ends the server without a warning, as a power cut does. */
  async kill(): Promise<void> {
    const { process: child } = this;
    this.process = null;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** Ends the server and forgets its database. */
  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true });
  }

  /** A backup of what the server has by now. */
  backUp(): string {
    const path = join(this.folder, "backup.db");
    this.run(["backup", path]);
    return path;
  }

  /** Puts a backup in the place of what the server has, which must not run. */
  restore(path: string): void {
    this.run(["restore", path]);
  }

  /** A session with one map, and `n` participants who joined it by an invite. */
  async workshop(n: number, role: "editor" | "viewer" = "editor"): Promise<Workshop> {
    const group = await this.post("groups", { name: "Borders", scope: "EU", origin: "test" });
    const session = await this.post("sessions", { title: "Live", groups: [group.id] });
    const map = await this.post("maps", { session: session.id, title: "Live map" });
    const invite = await this.post("invites", { session: session.id, role });
    const tokens: string[] = [];
    const authors: { id: string }[] = [];
    for (let i = 0; i < n; i++) {
      const joined = await this.post("join", { invite: invite.code, name: `Tester ${i}` }, "");
      tokens.push(String(joined.token));
      authors.push(joined.participant as { id: string });
    }
    return { session: String(session.id), map: String(map.id), tokens, authors, owner: this.token };
  }

  /** The tree as the server reads it. */
  async tree(map: string): Promise<TreeNode> {
    const answer = await fetch(`http://${this.host}/api/v1/maps/${map}/tree`, {
      headers: { authorization: `Bearer ${this.token}` },
    });
    if (!answer.ok) throw new Error(`tree: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as TreeNode;
  }

  /** Locks a map, or opens it again. */
  async setState(map: string, state: "open" | "locked"): Promise<void> {
    await this.post(`maps/${map}`, { state }, this.token, "PATCH");
  }

  /** Calls the API in the account's name, or with `token` in another's. */
  async post(
    path: string,
    body: unknown,
    token = this.token,
    method = "POST",
  ): Promise<Record<string, unknown>> {
    const answer = await fetch(`http://${this.host}/api/v1/${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  private run(args: string[], input = ""): string {
    return execFileSync(program(), [...args, "--database", this.database], {
      input,
      encoding: "utf8",
    });
  }
}
