/**
 * The instances of a slot, and the work of each stage of their lives. What came of it is reported as an event; whether it
 * is done is decided by the state machine (lifecycle/).
 *
 * @module
 */
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { Strategy } from "../../schemas/generated/swap.ts";
import { withDeadline } from "../clock.ts";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import type { Logger } from "../log.ts";
import type { Admission, InstanceRequest, Placement } from "./admission.ts";
import type { Binding } from "../releases/mod.ts";
import type { ServingGeneration } from "./generation.ts";
import {
  handOver,
  type Instance,
  type InstanceEnvironment,
  probeVoice,
  startInstance,
  type StateGiver,
} from "../instances/mod.ts";
import type { InstanceId, SlotEvent } from "./lifecycle/mod.ts";

/** An instance that runs, and the generations that it serves, the newest last. */
export interface SlotInstance {
  readonly id: InstanceId;
  readonly instance: Instance;
  readonly generations: ServingGeneration[];
}

export interface InstancesOptions {
  slot: string;
  kind: PluginKind;
  environment: InstanceEnvironment & { admission: Admission };
  report(event: SlotEvent): void;
  /** Whether an instance is still wanted: the slot may have been removed, or the recovery dropped, while it started. */
  isAwaited(id: InstanceId): boolean;
  /** Whether utterances are routed to an instance. */
  isLive(id: InstanceId): boolean;
  /** Called when the process of a entry is gone and that was reported. */
  gone(entry: SlotInstance, error: SyrinxError): void;
}

export class Instances {
  readonly #running = new Map<InstanceId, SlotInstance>();
  readonly #tasks = new Set<Promise<void>>();
  /** Where those may run that were admitted and have not started yet. */
  readonly #placements = new Map<InstanceId, Placement>();
  readonly #log: Logger;

  constructor(private readonly options: InstancesOptions) {
    this.#log = options.environment.log.child({ slot: options.slot });
  }

  get all(): readonly SlotInstance[] {
    return [...this.#running.values()];
  }

  /** @returns undefined if it never ran, or is gone */
  find(id: InstanceId | undefined): SlotInstance | undefined {
    return id === undefined ? undefined : this.#running.get(id);
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  /** @returns the name of an instance among all of the engine */
  keyOf(id: InstanceId): string {
    return `${this.options.slot}#${id}`;
  }

  /** @returns what asks for room for an instance, as things are */
  request(id: InstanceId, binding: Binding, strategy: Strategy): InstanceRequest {
    const givesBack = [...this.#running.keys()].map((one) => this.keyOf(one));
    return { slot: this.options.slot, key: this.keyOf(id), binding, strategy, givesBack };
  }

  admit(id: InstanceId, binding: Binding, strategy: Strategy): void {
    const { environment, report, isAwaited } = this.options;
    this.run(async () => {
      const request = this.request(id, binding, strategy);
      try {
        const placement = await environment.admission.admit(request);
        if (!isAwaited(id)) return environment.admission.release(this.keyOf(id));
        this.#placements.set(id, placement);
        report({ type: "admitted", instance: id, way: placement.way, detail: placement.detail });
      } catch (error) {
        this.#failed(id, error);
      }
    });
  }

  awaitRoom(id: InstanceId): void {
    this.run(async () => {
      await this.options.environment.admission.awaitRoom(this.keyOf(id));
      this.options.report({ type: "roomy", instance: id });
    });
  }

  start(id: InstanceId, binding: Binding): void {
    const { slot, environment, report, isAwaited } = this.options;
    const env = this.#placements.get(id)?.env ?? {};
    this.#placements.delete(id);
    this.run(async () => {
      try {
        // A process that has just died may still show as holding the GPU's memory.
        await environment.admission.awaitRoom(this.keyOf(id));
        const instance = await startInstance(slot, binding, environment, env);
        const entry: SlotInstance = { id, instance, generations: [] };
        this.#running.set(id, entry);
        this.run(() => this.#awaitExit(entry));
        if (isAwaited(id)) report({ type: "advanced", instance: id });
        else await instance.end();
      } catch (error) {
        this.#failed(id, error);
      }
    });
  }

  load(id: InstanceId): void {
    this.#attempt(id, async (instance) => {
      await instance.load();
    });
  }

  /**
   * @param from what has the state; undefined if nothing does
   * @param mustTake whether it is a failure if the instance refuses the state
   */
  restore(id: InstanceId, from: StateGiver | undefined, mustTake: boolean): void {
    this.#attempt(id, (instance) => {
      if (instance.state === "loading") instance.state = "restoring";
      return handOver(from, instance, mustTake);
    });
  }

  probe(id: InstanceId): void {
    this.#attempt(id, async (instance) => {
      instance.state = "probing";
      const { clock, timeouts, admission } = this.options.environment;
      const { loadMs } = timeouts;
      if (this.options.kind === "voice") {
        const late = () =>
          new SyrinxError("plugin-timeout", `The voice did not end its probe sentence within ${loadMs} ms`);
        instance.loudness = await withDeadline(clock, probeVoice(instance), loadMs, late);
      } else await instance.health(loadMs);
      // Only now has it touched all the memory that it works with.
      await admission.measure(this.keyOf(id), instance.pid, instance.loaded?.device);
    });
  }

  /** Its exit is reported by who awaits it; an instance that never ran is gone at once. */
  end(id: InstanceId): void {
    this.run(async () => {
      await Promise.resolve();
      const entry = this.#running.get(id);
      if (entry) {
        await entry.instance.end();
        return;
      }
      this.#placements.delete(id);
      this.options.environment.admission.release(this.keyOf(id));
      this.options.report({ type: "exited", instance: id, ...this.#failureContext("it never ran") });
    });
  }

  run(task: () => Promise<unknown>): void {
    const running = task()
      .catch((error: unknown) => this.#log.error({ err: error }, "a task of the slot failed"))
      .then(() => {
        this.#tasks.delete(running);
      });
    this.#tasks.add(running);
  }

  async #awaitExit(entry: SlotInstance): Promise<void> {
    const { id, instance, generations } = entry;
    const error = await instance.gone;
    this.#running.delete(id);
    this.options.environment.admission.release(this.keyOf(id));
    for (const generation of generations) generation.lose(instance);
    if (this.options.isLive(id)) this.#log.warn({ pid: instance.pid }, error.message);
    this.options.report({ type: "exited", instance: id, ...this.#failureContext(error) });
    this.options.gone(entry, error);
  }

  /** @param stage resolves with what is to be told of it, if anything */
  #attempt(id: InstanceId, stage: (instance: Instance) => Promise<string | void>): void {
    this.run(async () => {
      const instance = this.#running.get(id)?.instance;
      let detail: string | void;
      try {
        if (!instance)
          throw new SyrinxError("plugin-crashed", "The plugin process ended before it was ready");
        detail = await stage(instance);
      } catch (error) {
        // A stream that breaks because the process died says less than the death does.
        const crashed = asSyrinxError(error).code === "plugin-crashed" && instance;
        this.#failed(id, crashed ? await instance.gone : error);
        return;
      }
      this.options.report({ type: "advanced", instance: id, ...(detail && { detail }) });
    });
  }

  #failed(id: InstanceId, error: unknown): void {
    this.options.report({ type: "failed", instance: id, ...this.#failureContext(error) });
  }

  #failureContext(error: unknown) {
    const { clock } = this.options.environment;
    return { error: asSyrinxError(error), now: clock.now(), nextId: Bun.randomUUIDv7() };
  }
}
