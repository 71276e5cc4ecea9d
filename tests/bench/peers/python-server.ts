import { freePort } from "../../support/free-port.ts";
import { until } from "../../support/until.ts";
import type { Packages } from "./install.ts";

/** How long a start may take, in ms: a cold disk and a busy machine. */
const START_MS = 60_000;
/** How much is kept of what it says, in lines. */
const LINES = 5;

/** A server of a Python package, on a free port of this machine alone. */
export class PythonServer implements AsyncDisposable {
  readonly #lines: string[] = [];

  private constructor(
    private readonly process: Bun.Subprocess<"ignore", "ignore", "pipe">,
    readonly port: number,
  ) {
    void this.#read();
  }

  /**
   * @param module that is run as a program
   * @param args get the port
   * @throws Error with the last lines that it wrote, if it does not listen in time
   */
  static async start(
    { folder, python }: Packages,
    module: string,
    args: (port: number) => readonly string[],
  ): Promise<PythonServer> {
    const port = freePort();
    const process = Bun.spawn([python, "-m", module, ...args(port)], {
      env: { ...Bun.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: "1" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const server = new PythonServer(process, port);
    try {
      await until(`${module} listens`, () => server.#listens(), { deadlineMs: START_MS });
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw new Error(`Cannot start ${module}: ${server.#lines.join("\n")}`, { cause: error });
    }
  }

  get pid(): number {
    return this.process.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill("SIGTERM");
    const killer = setTimeout(() => this.process.kill("SIGKILL"), 5_000);
    await this.process.exited;
    clearTimeout(killer);
  }

  async #listens(): Promise<boolean> {
    if (this.process.exitCode !== null) throw new Error(`It ended with code ${this.process.exitCode}`);
    try {
      const socket = await Bun.connect({ hostname: "127.0.0.1", port: this.port, socket: { data() {} } });
      socket.end();
      return true;
    } catch {
      return false;
    }
  }

  /** Drains what it writes, so that it never waits for us. */
  async #read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const bytes of this.process.stderr) {
      this.#lines.push(...decoder.decode(bytes, { stream: true }).split("\n"));
      this.#lines.splice(0, this.#lines.length - LINES);
    }
  }
}
