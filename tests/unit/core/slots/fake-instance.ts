/**
 * An instance that is a value: it does at once what it is asked, unless the test says otherwise.
 *
 * @module
 */

import { SyrinxError } from "../../../../core/errors.ts";
import type { PluginInstance } from "../../../../core/instances/instance.ts";
import { AudioStream } from "../../../../core/protocol/audio-stream.ts";
import type { Binding } from "../../../../core/releases/binding.ts";
import type { LoadResult, SourceItem } from "../../../../schemas/generated/hooks.ts";

/** What a plugin does, where that is not what a good one does. */
export interface Behaviour {
  start?(): Promise<void>;
  load?(): Promise<void>;
  snapshot?(): Promise<unknown>;
  restore?(state: unknown): Promise<void>;
  health?(): Promise<void>;
  end?(): Promise<void>;
  /** Of its sound, 0 to 1. 0.3 where nothing is said. */
  amplitude?: number;
}

/** Hz. */
const SAMPLE_RATE = 8_000;
/** Above the ids that Linux gives, so that it is no process of this machine. */
const FIRST_PID = 5_000_000;
const VOICE: LoadResult = {
  sampleRate: SAMPLE_RATE,
  speakers: [{ id: "one", language: "en" }],
  device: "cpu",
  concurrency: 1,
};

export class FakeInstance implements PluginInstance {
  state: PluginInstance["state"] = "starting";
  loaded: LoadResult | undefined;
  loudness: ReadonlyMap<string, number> = new Map();
  closed = false;
  readonly startedAt = 0;
  readonly sandbox = "none";
  readonly gone: Promise<SyrinxError>;
  /** What was asked of it, in order, but for health. */
  readonly calls: string[] = [];
  /** How much it may use, as its load says. */
  memoryBytes: number | undefined;
  readonly #gone = Promise.withResolvers<SyrinxError>();

  constructor(
    readonly slot: string,
    readonly binding: Binding,
    readonly pid: number,
    private readonly behaviour: Behaviour,
  ) {
    this.gone = this.#gone.promise;
  }

  /** e.g. `b` for `bindingOf("b")` */
  get mark(): unknown {
    return this.binding.settings.mark;
  }

  /** Its process is gone. */
  die(why = "killed by SIGKILL"): void {
    this.fail(new SyrinxError("plugin-crashed", why));
  }

  fail(error: SyrinxError): void {
    this.closed = true;
    this.#gone.resolve(error);
  }

  async end(): Promise<void> {
    this.calls.push("end");
    this.state = "ending";
    await this.behaviour.end?.();
    this.die("exit code 0");
  }

  async load(memoryBytes: number): Promise<void> {
    this.calls.push("load");
    this.memoryBytes = memoryBytes;
    this.state = "loading";
    await this.behaviour.load?.();
    this.loaded = { ...VOICE, device: this.binding.device };
  }

  async snapshot(): Promise<unknown> {
    this.calls.push("snapshot");
    return (await this.behaviour.snapshot?.()) ?? null;
  }

  async restore(state: unknown): Promise<void> {
    this.calls.push(`restore ${JSON.stringify(state)}`);
    await this.behaviour.restore?.(state);
  }

  async health(): Promise<void> {
    await this.behaviour.health?.();
  }

  /** A second of a tone of 500 Hz. */
  speak(): AudioStream {
    this.calls.push("speak");
    const { amplitude = 0.3 } = this.behaviour;
    const stream = new AudioStream(
      () => {},
      () => {},
    );
    const wave = (_: number, at: number) => amplitude * Math.sin((2 * Math.PI * 500 * at) / SAMPLE_RATE);
    stream.push(new Float32Array(SAMPLE_RATE).map(wave));
    stream.end(undefined);
    return stream;
  }

  write(): Promise<string> {
    this.calls.push("write");
    return Promise.resolve("there");
  }

  async *watch(): AsyncGenerator<SourceItem> {
    this.calls.push("watch");
  }
}

/** Starts fake instances, and knows all that it has started. */
export class FakePlugins {
  readonly started: FakeInstance[] = [];
  /** By the mark of a binding. */
  readonly behaviours = new Map<unknown, Behaviour>();

  start = async (slot: string, binding: Binding): Promise<FakeInstance> => {
    const behaviour = this.behaviours.get(binding.settings.mark) ?? {};
    await behaviour.start?.();
    const instance = new FakeInstance(slot, binding, FIRST_PID + this.started.length, behaviour);
    this.started.push(instance);
    return instance;
  };

  get newest(): FakeInstance {
    const instance = this.started.at(-1);
    if (!instance) throw new Error("nothing was started");
    return instance;
  }
}
