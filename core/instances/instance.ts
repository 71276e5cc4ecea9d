/**
 * One running plugin process that serves a slot: typed calls for each kind of plugin, until its end.
 *
 * @module
 */
import { join } from "node:path";
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
import type { Clock } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import type { Logger } from "../log.ts";
import { type AudioStream, Caller } from "../protocol/mod.ts";
import { type Validator, validator } from "../schema.ts";
import { type Binding, releaseId, revealSecrets } from "../releases/mod.ts";
import { describeExit, type PluginProcess } from "./process.ts";

const isPluginMessage = validator<PluginMessage>("syrinx:protocol#/$defs/PluginMessage");
const isLoadResult = validator<LoadResult>("syrinx:hooks#/$defs/LoadResult");
const isWriteResult = validator<WriteResult>("syrinx:hooks#/$defs/WriteResult");
const isSourceItem = validator<SourceItem>("syrinx:hooks#/$defs/SourceItem");

/** How long a plugin may take to acknowledge a call before it counts as hung, in ms. */
const ACK_TIMEOUT_MS = 15_000;
/** How long a plugin that serves may take to give its state, in ms: longer, and a new version does without. */
const SNAPSHOT_TIMEOUT_MS = 5_000;
/** How long a plugin may take to close, and again to obey SIGTERM, in ms. */
const CLOSE_GRACE_MS = 2_000;

/** Deadlines of plugin processes, in ms. */
export interface Timeouts {
  /** From spawning to hello. */
  startMs: number;
  /** Of each step that gets it ready to serve. */
  loadMs: number;
  /** From one answer to health to the next question. */
  healthIntervalMs: number;
  /** Of an answer to health. */
  healthMs: number;
}

/** What an instance needs of its engine while it runs. */
interface RunEnvironment {
  clock: Clock;
  log: Logger;
  /** Read anew for each call, as the config may change. */
  timeouts: Timeouts;
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

export class Instance {
  state: InstanceView["state"] = "starting";
  /** What a voice answered to load. */
  loaded: LoadResult | undefined;
  /** How loud each speaker was that was probed, in LUFS; see probe.ts. */
  loudness: ReadonlyMap<string, number> = new Map();
  /** Whether the stream to the process is over: calls fail from then on, and the process is gone in a moment. */
  closed = false;
  readonly startedAt: number;
  /** Resolves once the process is gone, with why. */
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
      ([exit, violation]) =>
        violation ??
        new SyrinxError(
          "plugin-crashed",
          `The process of ${releaseId(binding.plugin)} ended: ${describeExit(exit)}`,
        ),
    );
  }

  get pid(): number {
    return this.#process.pid;
  }

  /**
   * Shakes hands with a process that was spawned.
   *
   * @throws SyrinxError plugin-timeout, plugin-incompatible or plugin-crashed; the process is for the caller to end then
   */
  static async connect(spawned: SpawnedPlugin, environment: RunEnvironment): Promise<Instance> {
    const instance = new Instance(spawned, environment);
    instance.#caller = await Caller.open(spawned.process.fd, {
      slot: spawned.slot,
      check: isPluginMessage,
      clock: environment.clock,
      helloTimeoutMs: environment.timeouts.startMs,
      // A plugin that may be silent for longer is not called hung sooner.
      get ackTimeoutMs() {
        return Math.max(ACK_TIMEOUT_MS, environment.timeouts.healthMs);
      },
      closed: (error) => instance.#closed(error),
    });
    return instance;
  }

  /** Gets it ready to serve: a voice loads its model, a sink opens. A config source has nothing to load. */
  async load(): Promise<void> {
    this.state = "loading";
    const { device, plugin } = this.binding;
    const settings = await revealSecrets(plugin, this.binding.settings);
    if (plugin.kind === "voice") {
      const params: LoadParams = {
        model: this.#loadedModel(),
        device,
        settings,
        dataDirectory: this.#dataDirectory,
      };
      this.loaded = this.#checked(isLoadResult, await this.#request("load", params), "load");
    } else if (plugin.kind === "sink") {
      await this.#request("open", { settings, dataDirectory: this.#dataDirectory } satisfies OpenParams);
    }
  }

  /** Speaks one segment. Leaving the stream early cancels it. */
  speak(params: SpeakParams, signal?: AbortSignal): AudioStream {
    return this.#caller.audio("speak", params, signal);
  }

  /** @returns where the sink has put the utterance */
  async write(params: WriteParams, audio: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<string> {
    return this.#checked(isWriteResult, await this.#caller.upload("write", params, audio, signal), "write")
      .location;
  }

  /** Yields what a config source has to say, until `signal` aborts. */
  async *watch(signal: AbortSignal): AsyncGenerator<SourceItem> {
    const { plugin, settings } = this.binding;
    const params: WatchParams = { settings: await revealSecrets(plugin, settings) };
    for await (const item of this.#caller.items("watch", params, signal))
      yield this.#checked(isSourceItem, item, "watch");
  }

  /**
   * Asks whether it is well; answering is the point.
   *
   * @param timeoutMs ms
   * @throws SyrinxError plugin-timeout if it does not answer in time
   */
  async health(timeoutMs: number): Promise<void> {
    await this.#caller.request("health", {}, { timeoutMs });
  }

  /**
   * @returns state for the next version, any JSON; null if it has none
   * @throws SyrinxError plugin-timeout, or what the plugin says against it
   */
  async snapshot(): Promise<unknown> {
    return (await this.#caller.request("snapshot", {}, { timeoutMs: SNAPSHOT_TIMEOUT_MS })) ?? null;
  }

  /**
   * Hands it the state of another release of its plugin.
   *
   * @param from e.g. `piper@1.0.0`
   * @throws SyrinxError plugin-timeout, or what the plugin says against it
   */
  async restore(state: unknown, from: string): Promise<void> {
    await this.#request("restore", { state, from } satisfies RestoreParams);
  }

  /** Ends the process at once, as it is of no use any more; `gone` tells why. */
  fail(error: SyrinxError): void {
    this.#closed(error);
  }

  /** Ends the process: close, then the end of the stream, then SIGTERM, then SIGKILL. Resolves when it is gone. */
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

  #loadedModel(): LoadParams["model"] {
    const { model } = this.binding;
    if (!model) return null;
    const { name, version, format, languages, speakers } = model.manifest;
    const files: Record<string, string> = {};
    for (const [role, file] of Object.entries(model.manifest.files))
      if (file !== undefined) files[role] = join(model.directory, file);
    return {
      name,
      version,
      format,
      directory: model.directory,
      files,
      languages,
      ...(speakers && { speakers }),
    };
  }

  #checked<T>(is: Validator<T>, value: unknown, method: string): T {
    if (is(value)) return value;
    const [first] = is.violations();
    const error = new SyrinxError(
      "protocol-violation",
      `The plugin's answer to ${method} does not fit: ${first?.pointer || "/"} ${first?.message}`,
    );
    this.#closed(error);
    throw error;
  }

  /** The stream is over, and so is the process: nothing it does reaches anyone. */
  #closed(error?: SyrinxError): void {
    this.closed = true;
    this.#violation.resolve(error);
    if (error) this.#process.kill();
    else void this.#process.end(CLOSE_GRACE_MS);
  }
}
