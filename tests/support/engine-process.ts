/**
 * A real engine in a process of its own, with a home, a config folder and a port of its own.
 *
 * @module
 */
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { SlotView, Status } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { inTime, until } from "./until.ts";

export const ROOT = join(import.meta.dir, "../..");
export const MAIN = join(ROOT, "core/main.ts");

/**
 * Where Bun keeps what it has compiled: in the home of whoever runs the tests, as for any engine of theirs. In the home of a
 * test, which is new each time, every start would compile the engine again.
 */
export const COMPILED = {
  BUN_RUNTIME_TRANSPILER_CACHE_PATH:
    process.env.BUN_RUNTIME_TRANSPILER_CACHE_PATH ?? join(homedir(), ".bun/install/cache/@t@"),
};

/** How long a start may take until the engine listens, in ms: less than a test may last. */
const LISTEN_MS = 45_000;

export interface EngineProcessOptions {
  /** Written to the config file; a string as it is. Absent: no config file. */
  config?: object | string;
  /** Start in the folder of an engine that has ended, on its home and its config file. */
  folder?: string;
  /** Name of the config file, in the folder that the engine is started in. Default: syrinx.jsonc. */
  configName?: string;
  /** The command and its arguments. Default: start. */
  command?: readonly string[];
  /** Called with the home folder before the start: to put plugins and models there. */
  prepare?(home: string): Promise<void>;
  args?: readonly string[];
  /** false: listen where the config says. Default: on any port that is free, whatever that says. */
  anyPort?: boolean;
  env?: Record<string, string>;
  /** In a process group of its own, as a terminal's foreground job is. */
  ownGroup?: boolean;
}

/** What a test can ask of a config when the shipped voices would only cost it time: the voice `tone` alone. */
export const TONE_ONLY = {
  voices: { slt: null, rms: null, tone: { plugin: "tone" } },
  sinks: { archive: null },
  speech: { defaultVoice: "tone" },
};

/** The same with a shipped voice alone, where its sound matters. */
export const SLT_ONLY = { voices: { rms: null }, sinks: { archive: null } };

export class EngineProcess implements AsyncDisposable {
  readonly #lines: string[] = [];
  readonly #watchers = new Set<() => void>();

  private constructor(
    readonly folder: string,
    readonly url: string,
    readonly configFile: string,
    private readonly process: Bun.Subprocess<"ignore", "pipe", "pipe">,
    stderr: ReadableStream<Uint8Array>,
  ) {
    void this.#read(stderr);
  }

  static async start(options: EngineProcessOptions = {}): Promise<EngineProcess> {
    const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "syrinx-test-")));
    const home = join(folder, "home");
    await mkdir(home, { recursive: true });
    await options.prepare?.(home);
    const configFile = join(folder, options.configName ?? "syrinx.jsonc");
    if (options.config !== undefined) await writeFile(configFile, asText(options.config));
    const { command = ["start"], args = [], anyPort = true } = options;
    const port = anyPort ? ["--port", "0"] : [];
    const child = Bun.spawn([process.execPath, MAIN, ...command, ...port, "--home", home, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? "", HOME: folder, ...COMPILED, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: options.ownGroup ?? false,
    });
    const [forUs, forDiagnosis] = child.stderr.tee();
    const url = await inTime("the engine listens", listeningUrl(child.stdout), LISTEN_MS).catch((error) => {
      child.kill("SIGKILL");
      throw error;
    });
    if (url === undefined) {
      const errors = await new Response(forDiagnosis).text();
      await rm(folder, { recursive: true, force: true });
      throw new Error(`The engine ended with code ${await child.exited} before it listened:\n${errors}`);
    }
    // Not awaited: a branch of a tee is cancelled once both are.
    void forDiagnosis.cancel();
    return new EngineProcess(folder, url, configFile, child, forUs);
  }

  get pid(): number {
    return this.process.pid;
  }

  get home(): string {
    return join(this.folder, "home");
  }

  get exited(): Promise<number> {
    return this.process.exited;
  }

  /** The log so far, a line each. */
  get log(): readonly string[] {
    return this.#lines;
  }

  /**
   * Resolves with the first line of the log, past or to come, that holds `text`.
   *
   * @param from how many lines of the log to pass over: `log.length` of before, to hear only what is new
   * @throws Error with the end of the log after 30 s
   */
  logged(text: string, from = 0): Promise<string> {
    return this.#logged(JSON.stringify(text), (line) => line.includes(text), from);
  }

  /** The same of the lines about one slot. */
  loggedOf(slot: string, text: string): Promise<string> {
    const isOfSlot = (line: string) => (JSON.parse(line) as { slot?: string }).slot === slot;
    return this.#logged(
      `${JSON.stringify(text)} of ${slot}`,
      (line) => line.includes(text) && isOfSlot(line),
    );
  }

  #logged(what: string, is: (line: string) => boolean, from = 0): Promise<string> {
    return until(`the log says ${what}`, () => this.#lines.slice(from).find(is), {
      next: () => new Promise<void>((wake) => this.#watchers.add(wake)),
      show: () => `the log ends with\n${this.#lines.slice(-10).join("\n")}`,
    });
  }

  async get<T>(path: string): Promise<T> {
    return (await fetch(this.url + path)).json() as Promise<T>;
  }

  post(path: string, body?: object, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, { method: "POST", ...(body && { body: JSON.stringify(body) }), ...init });
  }

  /** Saves the config file as an editor does, and resolves with what the engine logs of it: that it was taken, or not. */
  async save(config: object | string): Promise<string> {
    const { config: present } = await this.get<Status>("/control/status");
    const from = this.#lines.length;
    await this.saveUnasked(config);
    return Promise.race([
      this.logged(`config version ${present.version + 1}`),
      this.logged("the config was rejected", from),
    ]);
  }

  /** Saves the config file as an editor does, and does not wait for the engine. */
  async saveUnasked(config: object | string): Promise<void> {
    await writeFile(`${this.configFile}.new`, asText(config));
    await rename(`${this.configFile}.new`, this.configFile);
  }

  slot(name: string): Promise<SlotView> {
    return this.get<SlotView>(`/control/slots/${name}`);
  }

  /** Swaps a slot and waits for the end of it. */
  async swap(name: string, change: object): Promise<SwapRecord> {
    return (await this.post(`/control/slots/${name}/swap`, change)).json() as Promise<SwapRecord>;
  }

  /** Asks until `is` holds of a slot. @throws Error with the slot as it is after 30 s */
  slotUntil(name: string, is: (slot: SlotView) => boolean): Promise<SlotView> {
    return until(`${name} fits ${is}`, () => this.slot(name), { is });
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Signals it and whatever else is in its process group, as Ctrl-C in a terminal does. Needs `ownGroup`. */
  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-this.process.pid, signal);
  }

  /** Stops it as an admin would. @returns the exit code */
  async stop(): Promise<number> {
    this.process.kill("SIGTERM");
    return this.process.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill("SIGTERM");
      const killer = setTimeout(() => this.process.kill("SIGKILL"), 15_000);
      await this.process.exited;
      clearTimeout(killer);
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  async #read(stderr: ReadableStream<Uint8Array>): Promise<void> {
    let rest = "";
    for await (const text of stderr.pipeThrough(
      new TextDecoderStream() as never,
    ) as unknown as AsyncIterable<string>) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      this.#lines.push(...lines);
      for (const wake of this.#watchers) wake();
      this.#watchers.clear();
    }
  }
}

function asText(config: object | string): string {
  return typeof config === "string" ? config : JSON.stringify(config, null, 2);
}

async function listeningUrl(stdout: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const reader = stdout.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return undefined;
    text += decoder.decode(value, { stream: true });
    const url = /^listening (\S+)$/m.exec(text)?.[1];
    if (url && text.includes("\n", text.indexOf(url))) {
      // What comes after is drained, so that the engine never waits for us.
      void (async () => {
        while (!(await reader.read()).done);
      })();
      return url;
    }
  }
}
