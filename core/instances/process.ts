/**
 * One plugin process: spawns it through the launcher, reads its output lines, and ends it by request, SIGTERM or SIGKILL.
 * What it has started is killed when it has ended.
 *
 * @module
 */
import type { LaunchSpec } from "../../schemas/generated/launch.ts";
import type { Clock } from "../clock.ts";
import { OutputBudget, readLines } from "./output-lines.ts";
import { endTree } from "./process-tree.ts";

/** How a process ended. */
export interface ProcessExit {
  code: number | null;
  signal: string | number | null;
  /** The last lines that it wrote to stderr. */
  lastLines: string[];
}

export interface ProcessOptions {
  /** Path of the launcher, which applies the sandbox. */
  launcher: string;
  spec: LaunchSpec;
  /** The whole environment; nothing is inherited. */
  env: Record<string, string>;
  /** Working directory. */
  cwd: string;
  clock: Clock;
  /** Called with the lines of stdout and stderr, within a budget; more are dropped, and a line says how many. */
  line(stream: "stdout" | "stderr", line: string): void;
}

/** How many of the last lines of stderr are kept to explain an exit. */
const KEPT_LINES = 5;

export class PluginProcess {
  readonly pid: number;
  /** The core's end of the protocol's stream. */
  readonly fd: number;
  /** Resolves when neither the process nor anything that it started is left. */
  readonly exited: Promise<ProcessExit>;
  readonly #process: Bun.Subprocess;
  readonly #clock: Clock;

  constructor(options: ProcessOptions) {
    this.#clock = options.clock;
    this.#process = Bun.spawn([process.execPath, options.launcher, JSON.stringify(options.spec)], {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      env: options.env,
      cwd: options.cwd,
      // In a session of its own: Ctrl-C in a terminal reaches only the engine, which ends its plugins when they are done.
      detached: true,
    });
    this.pid = this.#process.pid;
    this.fd = this.#process.stdio[3] as number;
    const lastLines: string[] = [];
    const budget = new OutputBudget(options.clock);
    const read = (stream: "stdout" | "stderr") =>
      readLines(this.#process[stream] as ReadableStream<Uint8Array>, budget, {
        line(line, logged) {
          if (stream === "stderr") lastLines.push(line);
          if (lastLines.length > KEPT_LINES) lastLines.shift();
          if (logged) options.line(stream, line);
        },
        dropped: (lines) => options.line(stream, `${lines} lines dropped: the plugin writes too much`),
      });
    const output = Promise.all([read("stdout"), read("stderr")]);
    const { mark } = options.spec;
    this.exited = this.#process.exited.then(async () => {
      if (mark !== undefined) await endTree(mark, options.clock);
      // A child of the process may hold the pipes open forever. The lines that matter were written before the exit.
      await Promise.race([output, new Promise<void>((done) => options.clock.after(250, done))]);
      return { code: this.#process.exitCode, signal: this.#process.signalCode, lastLines };
    });
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /**
   * Waits `graceMs` for the process to end by itself, then sends SIGTERM, and SIGKILL after `graceMs` more.
   *
   * @returns how it ended
   */
  async end(graceMs: number): Promise<ProcessExit> {
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      const late = Symbol();
      const timeout = new Promise<typeof late>((done) => this.#clock.after(graceMs, () => done(late)));
      const result = await Promise.race([this.exited, timeout]);
      if (result !== late) return result;
      if (signal === "SIGKILL") this.kill();
      else this.#process.kill(signal);
    }
    return this.exited;
  }

  /** Ends the process and its process group at once. While the kernel kills a group, none of it can start another process. */
  kill(): void {
    if (!this.running) return;
    try {
      process.kill(-this.pid, "SIGKILL");
    } catch {
      this.#process.kill("SIGKILL");
    }
  }
}

/** @returns e.g. `exit code 78: cannot apply Landlock (EINVAL)` */
export function describeExit({ code, signal, lastLines }: ProcessExit): string {
  const how = signal ? `killed by ${signal}` : `exit code ${code}`;
  return lastLines.length > 0 ? `${how}: ${lastLines.join(" | ")}` : how;
}
