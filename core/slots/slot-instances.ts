/**
 * The instances of a slot, and the work of each stage of their lives. What came of it is reported as an event. The
 * state machine (lifecycle/) decides what follows.
 *
 * @module
 */
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { Strategy } from "../../schemas/generated/swap.ts";
import { withDeadline } from "../clock.ts";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import {
  handOver,
  type MemoryLimit,
  type PluginInstance,
  probeVoice,
  type StateGiver,
  watchMemory,
} from "../instances/mod.ts";
import type { Logger } from "../log.ts";
import type { Binding } from "../releases/mod.ts";
import type { InstanceRequest, Placement } from "./admission.ts";
import type { ServingGeneration } from "./generation.ts";
import { type FailureContext, type InstanceId, ownerOf } from "./lifecycle/mod.ts";
import type { SlotEnvironment, SlotStateMachine } from "./slot-environment.ts";

/** An instance that runs, and the generations that it serves, the newest last. */
export interface SlotInstance {
  readonly id: InstanceId;
  readonly instance: PluginInstance;
  readonly generations: ServingGeneration[];
}

export class Instances {
  readonly #running = new Map<InstanceId, SlotInstance>();
  readonly #tasks = new Set<Promise<void>>();
  /** Where those may run that were admitted and have not started yet. */
  readonly #placements = new Map<InstanceId, Placement>();
  readonly #log: Logger;

  constructor(
    private readonly slot: string,
    private readonly kind: PluginKind,
    private readonly environment: SlotEnvironment,
    private readonly policy: { readonly memoryLimit: MemoryLimit },
    private readonly machine: SlotStateMachine,
  ) {
    this.#log = environment.log.child({ slot });
  }

  get all(): readonly SlotInstance[] {
    return [...this.#running.values()];
  }

  /** How many utterances hold any of them. */
  get inflight(): number {
    return this.all
      .flatMap(({ generations }) => generations)
      .reduce((sum, { inflight }) => sum + inflight, 0);
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
    return `${this.slot}#${id}`;
  }

  /** @returns what asks for room for an instance, as things are */
  request(id: InstanceId, binding: Binding, strategy: Strategy): InstanceRequest {
    const givesBack = [...this.#running.keys()].map((one) => this.keyOf(one));
    return { slot: this.slot, key: this.keyOf(id), binding, strategy, givesBack };
  }

  admit(id: InstanceId, binding: Binding, strategy: Strategy): void {
    const { admission, devices } = this.environment;
    this.run(async () => {
      const request = this.request(id, binding, strategy);
      try {
        const placement = await admission.admit(request);
        if (!this.#isExpected(id)) return devices.release(this.keyOf(id));
        this.#placements.set(id, placement);
        this.machine.report({
          type: "admitted",
          instance: id,
          way: placement.way,
          detail: placement.detail,
        });
      } catch (error) {
        this.#failed(id, error);
      }
    });
  }

  awaitRoom(id: InstanceId): void {
    this.run(async () => {
      await this.environment.devices.awaitRoom(this.keyOf(id));
      this.machine.report({ type: "roomy", instance: id });
    });
  }

  start(id: InstanceId, binding: Binding): void {
    const { environment } = this;
    const variables = this.#placements.get(id)?.env ?? {};
    this.#placements.delete(id);
    this.run(async () => {
      try {
        // A process that has just died may still show as holding the GPU's memory.
        await environment.devices.awaitRoom(this.keyOf(id));
        const instance = await environment.startInstance(this.slot, binding, environment, variables);
        const entry: SlotInstance = { id, instance, generations: [] };
        this.#running.set(id, entry);
        this.#watchMemory(instance);
        this.run(() => this.#awaitExit(entry));
        if (this.#isExpected(id)) this.machine.report({ type: "advanced", instance: id });
        else await instance.end();
      } catch (error) {
        this.#failed(id, error);
      }
    });
  }

  /** From the start, because a model takes its memory while it is loaded. */
  #watchMemory(instance: PluginInstance): void {
    const { environment, policy } = this;
    const { clock, devices } = environment;
    watchMemory(instance, {
      clock,
      get intervalMs() {
        return environment.rules.memoryIntervalMs;
      },
      get limits() {
        return [policy.memoryLimit];
      },
      usage: (pid) => devices.usage(pid),
      usesAtMost: (pid) => devices.usesAtMost(pid),
    });
  }

  load(id: InstanceId): void {
    this.#attempt(id, async (instance) => {
      await instance.load(this.#memoryBytes);
    });
  }

  /** How much host memory a process of the slot may use, in bytes. What it replaces gives its memory back. */
  get #memoryBytes(): number {
    const own = [...this.#running.keys()].map((one) => this.keyOf(one));
    return Math.min(this.policy.memoryLimit.bytes, this.environment.devices.hostRoom(own));
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

  /** A voice speaks its probe sentence. Others say that they are well. */
  probe(id: InstanceId): void {
    this.#attempt(id, async (instance) => {
      instance.state = "probing";
      const { clock, timeouts, devices } = this.environment;
      const { loadMs } = timeouts;
      if (this.kind === "voice") {
        const late = () =>
          new SyrinxError("plugin-timeout", `The voice did not end its probe sentence within ${loadMs} ms`);
        instance.loudness = await withDeadline(clock, probeVoice(instance), loadMs, late);
      } else await instance.health(loadMs);
      // Only now has it touched all the memory that it works with.
      await devices.measure(this.keyOf(id), instance.pid, instance.loaded?.device);
    });
  }

  /** Ends an instance. One that never ran is reported as gone at once. */
  end(id: InstanceId): void {
    this.run(async () => {
      await Promise.resolve();
      const entry = this.#running.get(id);
      if (entry) {
        await entry.instance.end();
        return;
      }
      this.#placements.delete(id);
      this.environment.devices.release(this.keyOf(id));
      this.machine.report({ type: "exited", instance: id, ...this.#failureContext("it never ran") });
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

  /** The slot may have been removed, or the recovery dropped, while an instance started. */
  #isExpected(id: InstanceId): boolean {
    return ownerOf(this.machine.state, id) !== undefined;
  }

  async #awaitExit({ id, instance, generations }: SlotInstance): Promise<void> {
    const error = await instance.gone;
    this.#running.delete(id);
    this.environment.devices.release(this.keyOf(id));
    for (const generation of generations) generation.lose(instance);
    if (this.machine.state.live?.instance === id) this.#log.warn({ pid: instance.pid }, error.message);
    this.machine.report({ type: "exited", instance: id, ...this.#failureContext(error) });
  }

  /** @param stage resolves with a detail for the record, if there is one */
  #attempt(id: InstanceId, stage: (instance: PluginInstance) => Promise<string | void>): void {
    this.run(async () => {
      const instance = this.#running.get(id)?.instance;
      let detail: string | void;
      try {
        if (!instance)
          throw new SyrinxError("plugin-crashed", "The plugin process ended before it was ready");
        detail = await stage(instance);
      } catch (error) {
        // A stream that breaks because the process died says less than the death does.
        const { code } = asSyrinxError(error);
        // What hangs does not answer a request to end either.
        if (code === "plugin-timeout") instance?.fail(asSyrinxError(error));
        this.#failed(id, code === "plugin-crashed" && instance ? await instance.gone : error);
        return;
      }
      this.machine.report({ type: "advanced", instance: id, ...(detail && { detail }) });
    });
  }

  #failed(id: InstanceId, error: unknown): void {
    this.machine.report({ type: "failed", instance: id, ...this.#failureContext(error) });
  }

  #failureContext(error: unknown): FailureContext {
    const { clock } = this.environment;
    return { error: asSyrinxError(error), now: clock.now(), nextId: Bun.randomUUIDv7() };
  }
}
