/** PostgreSQL and NATS for a test, as the scripts of the repository run them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A program that runs until its standard input ends, so that it does not outlive this process. */
export class Script {
  private constructor(
    private readonly child: ChildProcess,
    /** Where it listens. */
    readonly address: string,
  ) {}

  /** Starts one, and waits until it listens. */
  static async run(name: string): Promise<Script> {
    const path = fileURLToPath(new URL(`../../../scripts/${name}`, import.meta.url));
    const child = spawn(path, { stdio: ["pipe", "pipe", "inherit"] });
    for await (const line of createInterface({ input: child.stdout }))
      return new Script(child, line);
    throw new Error(`${name} ended before it listened`);
  }

  async end(): Promise<void> {
    const ended = once(this.child, "exit");
    this.child.stdin?.end();
    await ended;
  }
}
