/**
 * One running plugin process that serves a slot: typed calls for each kind of plugin, until its end.
 *
 * @module
 */
import type { InstanceView } from "../../schemas/generated/api.ts";
import type {
  LoadParams,
  LoadResult,
  OpenParams,
  RestoreParams,
  SourceItem,
  SpeakParams,
  WatchParams,
  WriteParams,
  WriteResult,
} from "../../schemas/generated/hooks.ts";
import type { PluginMessage } from "../../schemas/generated/protocol.ts";
import { type Clock, withDeadline } from "../clock.ts";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import type { Logger } from "../log.ts";
import { type AudioStream, Caller, printable } from "../protocol/mod.ts";
import { type Binding, releaseId, revealSecrets } from "../releases/mod.ts";
import { type Validator, validator } from "../schema.ts";
import { loadedModel } from "./load-params.ts";
import { describeExit, type PluginProcess } from "./process.ts";

const isPluginMessage = validator<PluginMessage>("syrinx:protocol#/$defs/PluginMessage");
const isLoadResult = validator<LoadResult>("syrinx:hooks#/$defs/LoadResult");
const isWriteResult = validator<WriteResult>("syrinx:hooks#/$defs/WriteResult");
const isSourceItem = validator<SourceItem>("syrinx:hooks#/$defs/SourceItem");

/** Longest note of a plugin for the admin, in UTF-16 code units. */
const MAX_NOTE_LENGTH = 1_000;
/** How long a plugin may take to acknowledge a call before it counts as hung, in ms. */
const ACK_TIMEOUT_MS = 15_000;
/** How long a plugin that serves may take to give its state, in ms. After that the new version starts without it. */
const SNAPSHOT_TIMEOUT_MS = 5_000;
/** How long a plugin may take to close, and again to obey SIGTERM, in ms. */
const CLOSE_GRACE_MS = 2_000;
/** From the end of its stream to the end of a process that died, at most, in ms. What it had started is ended meanwhile. */
const DEATH_MS = 1_000;

/** Deadlines of plugin processes, in ms. */
export interface Timeouts {
  /** From spawning to hello. */
  startMs: number;
  /** Of each step of loading: load or open, restore, probe. */
  loadMs: number;
  /** From one answer to `health` until the next call of it. */
  healthIntervalMs: number;
  /** Of an answer to `health`. */
  healthMs: number;
  /** From one frame of audio to the next, or to the end of the call, while the voice has credit. */
  audioMs: number;
  /** From the cancel of `speak` or `write` to the end of the call. */
  cancelMs: number;
}

/** What an instance needs of its engine while it runs. */
interface RunEnvironment {
  clock: Clock;
  log: Logger;
  /** Read again for each call, because the config may change. */
  timeouts: Timeouts;
  /** Aborts when no process may go on, not even one that starts. */
  killed: AbortSignal;
  /** How many CPU cores a voice may use at once. */
  cores: number;
}

/** A process that was spawned for a binding. */
export interface SpawnedPlugin {
  /** e.g. `voices.slt`. */
  slot: string;
  binding: Binding;
  process: PluginProcess;
  /** Of the slot; absolute. */
  dataDirectory: string;
  /** What the kernel holds the process to, for people. */
  sandbox: string;
}

/** What is public of an instance. A test can hand in a value that has it. */
export type PluginInstance = Pick<Instance, keyof Instance>;

/** A plugin process that said hello, with the calls that its kind of plugin answers. */
export class Instance {
  state: InstanceView["state"] = "starting";
  /** What a voice answered to `load`; undefined before that, and for other kinds of plugin. */
  loaded: LoadResult | undefined;
  /** Loudness of each speaker that was probed, in LUFS; see probe.ts. */
  loudness: ReadonlyMap<string, number> = new Map();
  /** Whether the stream to the process has ended. Calls fail from then on, and the process ends soon. */
  closed = false;
  readonly startedAt: number;
  /** Resolves with the reason once the process has ended. */
  readonly gone: Promise<SyrinxError>;
  readonly slot: string;
  readonly binding: Binding;
  /** What the kernel holds the process to, for people. */
  readonly sandbox: string;
  readonly #process: PluginProcess;
  readonly #dataDirectory: string;
  readonly #violation = Promise.withResolvers<SyrinxError | undefined>();
  #caller!: Caller;

  private constructor(
    spawned: SpawnedPlugin,
    private readonly environment: RunEnvironment,
  ) {
    const { slot, binding, process, dataDirectory, sandbox } = spawned;
    this.slot = slot;
    this.binding = binding;
    this.sandbox = sandbox;
    this.#process = process;
    this.#dataDirectory = dataDirectory;
    this.startedAt = environment.clock.now();
    this.gone = Promise.all([process.exited, this.#violation.promise]).then(
      ([exit, violation]) => violation ?? this.#crashed(`ended: ${describeExit(exit)}`),
    );
  }

  get pid(): number {
    return this.#process.pid;
  }

  /**
   * Shakes hands with a process that was spawned. One that has not said hello is killed at once when `killed` aborts.
   *
   * @throws SyrinxError plugin-timeout, plugin-incompatible or plugin-crashed. The caller then has to end the process
   */
  static async connect(spawned: SpawnedPlugin, environment: RunEnvironment): Promise<Instance> {
    const instance = new Instance(spawned, environment);
    const { killed } = environment;
    const kill = () => spawned.process.kill();
    if (killed.aborted) kill();
    killed.addEventListener("abort", kill, { once: true });
    instance.#caller = await Caller.open(spawned.process.fd, {
      slot: spawned.slot,
      check: isPluginMessage,
      clock: environment.clock,
      helloTimeoutMs: environment.timeouts.startMs,
      // Where the config lets a plugin be silent for longer, it does not count as hung before that.
      get ackTimeoutMs() {
        return Math.max(ACK_TIMEOUT_MS, environment.timeouts.healthMs);
      },
      get audioTimeoutMs() {
        return environment.timeouts.audioMs;
      },
      get cancelTimeoutMs() {
        return environment.timeouts.cancelMs;
      },
      slowed: (reason) =>
        environment.log.warn(
          { slot: spawned.slot, pid: instance.pid },
          `the plugin is read slowly because ${reason}`,
        ),
      closed: (error) => instance.#closed(error),
    }).finally(() => killed.removeEventListener("abort", kill));
    return instance;
  }

  /**
   * Makes the plugin ready to serve: a voice loads its model, a sink opens. A config source has nothing to load.
   *
   * @param memoryBytes how much host memory a voice may use
   * @throws SyrinxError plugin-timeout, secret-unavailable, protocol-violation, or the error of the plugin
   */
  async load(memoryBytes: number): Promise<void> {
    this.state = "loading";
    const { device, plugin } = this.binding;
    const settings = await revealSecrets(plugin, this.binding.settings);
    if (plugin.kind === "voice") {
      const params: LoadParams = {
        model: loadedModel(this.binding),
        device,
        cores: this.environment.cores,
        memoryBytes,
        settings,
        dataDirectory: this.#dataDirectory,
      };
      const loaded = this.#checked(isLoadResult, await this.#request("load", params), "load");
      const notes = loaded.notes?.map((note) => printable(note, MAX_NOTE_LENGTH));
      this.loaded = { ...loaded, ...(notes && { notes }) };
    } else if (plugin.kind === "sink") {
      await this.#request("open", { settings, dataDirectory: this.#dataDirectory } satisfies OpenParams);
    }
  }

  /** Speaks one segment. To stop reading the stream early cancels the call. */
  speak(params: SpeakParams, signal?: AbortSignal): AudioStream {
    return this.#caller.audio("speak", params, signal);
  }

  /** @returns where the sink has put the utterance */
  async write(params: WriteParams, audio: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<string> {
    const answer = await this.#caller.upload("write", params, audio, signal);
    return printable(this.#checked(isWriteResult, answer, "write").location, MAX_NOTE_LENGTH);
  }

  /** Yields the documents of a config source, until `signal` aborts. */
  async *watch(signal: AbortSignal): AsyncGenerator<SourceItem> {
    const { plugin, settings } = this.binding;
    const params: WatchParams = { settings: await revealSecrets(plugin, settings) };
    for await (const item of this.#caller.items("watch", params, signal)) {
      const heard = this.#checked(isSourceItem, item, "watch");
      yield "problem" in heard ? { ...heard, problem: printable(heard.problem, MAX_NOTE_LENGTH) } : heard;
    }
  }

  /**
   * Checks that the plugin still answers. The content of the answer does not matter.
   *
   * @param timeoutMs ms
   * @throws SyrinxError plugin-timeout if it does not answer in time
   */
  async health(timeoutMs: number): Promise<void> {
    await this.#caller.request("health", {}, { timeoutMs });
  }

  /**
   * Asks for the state that the next version takes over.
   *
   * @returns any JSON; null if it has none
   * @throws SyrinxError plugin-timeout, or the error of the plugin
   */
  async snapshot(): Promise<unknown> {
    return (await this.#caller.request("snapshot", {}, { timeoutMs: SNAPSHOT_TIMEOUT_MS })) ?? null;
  }

  /**
   * Gives the plugin the state of another release of the same plugin.
   *
   * @param from the other release, e.g. `piper@1.0.0`
   * @throws SyrinxError plugin-timeout, or the error of the plugin
   */
  async restore(state: unknown, from: string): Promise<void> {
    await this.#request("restore", { state, from } satisfies RestoreParams);
  }

  /**
   * Kills the process because it is of no use any more; `gone` resolves with `error`. Calls that are open reject with
   * plugin-crashed, and with the reason.
   */
  fail(error: SyrinxError): void {
    void this.#closed(error);
    const reason = error.message.charAt(0).toLowerCase() + error.message.slice(1);
    this.#caller.close(this.#crashed(`was ended: ${reason}`, error));
  }

  /** Ends the process: calls `close`, ends the stream, sends SIGTERM, then SIGKILL. Resolves when it has ended. */
  async end(): Promise<void> {
    this.state = "ending";
    if (this.#process.running) {
      await this.#caller.request("close", {}, { timeoutMs: CLOSE_GRACE_MS }).catch((error: SyrinxError) => {
        this.environment.log.debug(
          { slot: this.slot, pid: this.pid, code: error.code },
          `no answer to close: ${error.message}`,
        );
      });
      this.#caller.close();
    }
    await this.#process.end(CLOSE_GRACE_MS);
  }

  #request(method: "load" | "open" | "restore", params: object): Promise<unknown> {
    return this.#caller.request(method, params, { timeoutMs: this.environment.timeouts.loadMs });
  }

  #checked<T>(is: Validator<T>, value: unknown, method: string): T {
    if (is(value)) return value;
    const [first] = is.violations();
    const error = new SyrinxError(
      "protocol-violation",
      `The plugin's answer to ${method} does not fit: ${first?.pointer || "/"} ${first?.message}`,
    );
    void this.#closed(error);
    throw error;
  }

  /** The stream has ended, and so does the process: it reaches nobody. @returns what open calls fail with, without an error */
  #closed(error?: SyrinxError): Promise<SyrinxError> | void {
    this.closed = true;
    this.#violation.resolve(error);
    if (error) return this.#process.kill();
    void this.#process.end(CLOSE_GRACE_MS);
    if (this.state === "ending")
      return Promise.resolve(this.#crashed("was ended: it is not needed any more"));
    const late = () => this.#crashed("closed its stream");
    return withDeadline(this.environment.clock, this.gone, DEATH_MS, late).catch(asSyrinxError);
  }

  #crashed(how: string, cause?: SyrinxError): SyrinxError {
    const name = releaseId(this.binding.plugin);
    return new SyrinxError("plugin-crashed", `The process of ${name} ${how}`, { cause });
  }
}
