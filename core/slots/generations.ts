/**
 * What serves a slot's utterances: which generations they go to, how well these do, and how they are left.
 *
 * @module
 */
import { SyrinxError } from "../errors.ts";
import { type Binding, bindingId, sameBinding } from "../releases/mod.ts";
import type { Instances, SlotInstance } from "./slot-instances.ts";
import { type Lease, ServingGeneration } from "./generation.ts";
import { keepState, type MemoryLimit, type StateGiver, watchHealth, watchMemory } from "../instances/mod.ts";
import type { EffectOf, InstanceId, SlotEvent, SlotState } from "./lifecycle/mod.ts";
import { Router } from "./router.ts";
import type { CanaryRules, SlotEnvironment } from "./slot-environment.ts";
import { Trial, type TrialOptions, type TrialRules } from "./trial.ts";

export interface GenerationsOptions {
  slot: string;
  environment: SlotEnvironment;
  instances: Instances;
  report(event: SlotEvent): void;
  /** The most that one of its processes may take, as the config has it at the moment. */
  memoryLimit(): MemoryLimit;
  /** An utterance is over. */
  used(): void;
}

export class Generations {
  /** Times that a dead process was replaced. */
  restarts = 0;
  readonly #router = new Router();
  /** State of an instance that was unloaded before anything followed it. */
  #kept: StateGiver | undefined;
  #trial: { generation: number; trial: Trial } | undefined;
  /** Which swap takes the utterances of a generation away. */
  readonly #leftFor = new WeakMap<ServingGeneration, string>();

  constructor(private readonly options: GenerationsOptions) {}

  /** @returns the right to the generation whose turn it is; undefined if there is none */
  lease(): Lease | undefined {
    return this.#router.lease();
  }

  /**
   * @param live the instance that serves, if any: it goes on serving meanwhile. A process that died has taken its state
   *   with it.
   * @returns what the next instance learns from
   */
  stateGiver(live: SlotInstance | undefined): StateGiver | undefined {
    return live?.instance ?? this.#kept;
  }

  route({ instance: id, generation: number, binding, swap }: EffectOf<"route">): void {
    const entry = this.options.instances.find(id);
    if (!entry) return;
    const { live, canary } = this.#router;
    this.#kept = undefined;
    if (live?.number === number && !live.isOver) {
      this.restarts++;
      this.#serve(entry, live);
      return live.serve(entry.instance);
    }
    const generation = canary?.number === number ? canary : this.#generation(entry, number, binding);
    this.#serve(entry, generation);
    this.#router.route(generation);
    // Changed in place: the same process serves on.
    if (live && live !== generation && entry.generations.includes(live)) this.#retire(live, swap);
    if (live?.lost) this.#leave(live, ServingGeneration.replaced(), swap);
  }

  /** @param rules how the canary is tried */
  share(
    { instance: id, generation: number, binding, swap }: EffectOf<"route-share">,
    rules: CanaryRules,
  ): void {
    const entry = this.options.instances.find(id);
    if (!entry) return;
    const generation = this.#generation(entry, number, binding);
    this.#serve(entry, generation);
    entry.instance.state = "canary";
    this.#router.share(generation, rules.percent);
    this.#leftFor.set(generation, swap);
    this.#try(number, {
      rules,
      untilUsed: true,
      failed: (detail) => this.#trialFailed(number, binding, `${detail} as a canary`, rules),
      passed: (detail) => this.options.report({ type: "promoted", id: swap, detail }),
    });
  }

  /** Sends no more utterances to the canary. */
  endShare(): void {
    this.#router.takeBack();
    this.#endTrial();
  }

  /** Watches what a generation does. */
  watch(number: number): void {
    const { watch: rules } = this.options.environment.rules;
    const { binding } = this.#router.live ?? {};
    if (!binding) return;
    this.#try(number, {
      rules,
      untilUsed: false,
      failed: (detail) => this.#trialFailed(number, binding, detail, rules),
      passed: () => this.options.report({ type: "trial-passed", generation: number }),
    });
  }

  async drain({ instance: id, swap, keepState: keeps }: EffectOf<"drain">): Promise<void> {
    const { instances, environment, report } = this.options;
    const { clock, rules, log } = environment;
    const entry = instances.find(id);
    if (!entry) return report({ type: "drained", instance: id, mayPark: false });
    const { instance, generations } = entry;
    instance.state = "draining";
    for (const generation of generations) this.#retire(generation, swap);
    const counts = await Promise.all(generations.map((one) => one.drain(clock, rules.drainTimeoutMs)));
    const left = counts.reduce((sum, count) => sum + count, 0);
    if (left > 0)
      log.warn(
        { slot: this.options.slot, pid: instance.pid, left },
        "the replaced instance is ended in the middle of what it had in hand",
      );
    if (keeps && !instance.closed) this.#kept = await keepState(instance);
    const next = this.#router.live?.binding;
    const last = generations.at(-1)?.binding ?? instance.binding;
    const isOther = next !== undefined && !sameBinding(last, next);
    report({ type: "drained", instance: id, mayPark: rules.parkForMs > 0 && left === 0 && isOther });
  }

  park(id: InstanceId): void {
    const { instances, environment, report } = this.options;
    const entry = instances.find(id);
    if (!entry) return;
    entry.instance.state = "parked";
    const timer = environment.clock.after(environment.rules.parkForMs, () =>
      report({ type: "unparked", instance: id }),
    );
    void entry.instance.gone.then(() => timer.cancel());
  }

  /** The process behind some generations is gone: those whose place no other process takes are left. */
  gone({ generations }: SlotInstance, { live, recovery, swap }: SlotState, error: SyrinxError): void {
    for (const generation of generations) {
      const isKept = live?.number === generation.number && (live.instance !== undefined || recovery);
      if (!isKept) this.#leave(generation, error, swap?.id);
    }
  }

  /** Nothing serves, and nothing will by itself. */
  giveUp(error: SyrinxError): void {
    this.#router.live?.giveUp(error);
  }

  #generation(entry: SlotInstance, number: number, binding: Binding): ServingGeneration {
    const released = (ok: boolean | undefined) => {
      this.options.used();
      if (ok !== undefined && this.#trial?.generation === number) this.#trial.trial.count(ok);
    };
    const before = entry.generations.at(-1);
    return new ServingGeneration(number, binding, entry.instance, released, before?.process);
  }

  #serve(entry: SlotInstance, generation: ServingGeneration): void {
    const isNew = entry.generations.length === 0;
    entry.instance.state = "serving";
    if (!entry.generations.includes(generation)) {
      // What is over, and held by nobody, would only add up with every change in place.
      const held = entry.generations.filter((one) => one.inflight > 0 || one === this.#router.live);
      entry.generations.splice(0, Infinity, ...held, generation);
    }
    if (!isNew) return;
    const { environment, memoryLimit } = this.options;
    watchHealth(entry.instance, environment);
    watchMemory(entry.instance, {
      clock: environment.clock,
      get intervalMs() {
        return environment.rules.memoryIntervalMs;
      },
      get limits() {
        return [memoryLimit()];
      },
      usage: (pid) => environment.admission.usage(pid),
      usesAtMost: (pid) => environment.admission.usesAtMost(pid),
    });
  }

  #leave(generation: ServingGeneration, reason: SyrinxError, swap: string | undefined): void {
    this.#retire(generation, swap);
    generation.expire(reason);
  }

  /** @param swap that takes its utterances away, if none is known to do so yet */
  #retire(generation: ServingGeneration, swap: string | undefined): void {
    const id = this.#leftFor.get(generation) ?? swap;
    if (id !== undefined) this.#leftFor.set(generation, id);
    generation.retire(() => {
      if (id !== undefined) this.options.environment.swaps.moved(id);
    });
  }

  #trialFailed(generation: number, binding: Binding, detail: string, { maxErrorRate }: TrialRules): void {
    const { environment, report } = this.options;
    const message = `${bindingId(binding)} is not trusted as ${detail}, and the highest error rate is ${maxErrorRate}`;
    const error = new SyrinxError("too-many-errors", message);
    const now = environment.clock.now();
    report({ type: "trial-failed", generation, error, now, nextId: Bun.randomUUIDv7() });
  }

  #try(generation: number, options: Omit<TrialOptions, "clock">): void {
    this.#endTrial();
    const { clock } = this.options.environment;
    this.#trial = { generation, trial: new Trial({ ...options, clock }) };
  }

  #endTrial(): void {
    this.#trial?.trial.end();
    this.#trial = undefined;
  }
}
