/**
 * The generations of a slot: which one an utterance gets, how well each of them does, and how utterances leave it.
 *
 * @module
 */
import { SyrinxError } from "../errors.ts";
import { keepState, type StateGiver, watchHealth } from "../instances/mod.ts";
import { type Binding, bindingId, type LoadedVoice } from "../releases/mod.ts";
import { type Lease, ServingGeneration } from "./generation.ts";
import type { EffectOf, InstanceId } from "./lifecycle/mod.ts";
import type { LoadPolicyWatch } from "./load-policy.ts";
import type { CanaryRules, SlotEnvironment, SlotStateMachine } from "./slot-environment.ts";
import type { Instances, SlotInstance } from "./slot-instances.ts";
import { Trial, type TrialOptions, type TrialRules, trialOf } from "./trial.ts";

export interface GenerationsOptions {
  slot: string;
  environment: SlotEnvironment;
  instances: Instances;
  policy: LoadPolicyWatch;
  machine: SlotStateMachine;
}

/** Deals a share of the utterances out to a canary, evenly: of any 100 in a row, `percent` are its own. */
export class CanaryShare {
  /** Hundredths of an utterance that the canary has not got yet. */
  #owed = 0;

  /** @param percent 0 to 100 */
  constructor(private readonly percent: number) {}

  /** @returns whether the next utterance goes to the canary */
  takesNext(): boolean {
    this.#owed += this.percent;
    if (this.#owed < 100) return false;
    this.#owed -= 100;
    return true;
  }
}

export class Generations {
  /** Times that a dead process was replaced. */
  restarts = 0;
  /** What the voice that served last reported when it was loaded; undefined if none has. */
  lastVoice: LoadedVoice | undefined;
  #live: ServingGeneration | undefined;
  #canary: { generation: ServingGeneration; share: CanaryShare } | undefined;
  /** State of an instance that was unloaded before anything followed it. */
  #kept: StateGiver | undefined;
  #trial: { generation: number; trial: Trial } | undefined;
  /** Those that have served, until their processes are gone. */
  readonly #served = new Map<InstanceId, SlotInstance>();
  /** Which swap takes the utterances of a generation away. */
  readonly #leftFor = new WeakMap<ServingGeneration, string>();

  constructor(private readonly options: GenerationsOptions) {}

  /** @returns the right to the generation whose turn it is; undefined if there is none */
  lease(): Lease | undefined {
    const generation = this.#canary?.share.takesNext() ? this.#canary.generation : this.#live;
    return generation?.lease();
  }

  /**
   * @param live the instance that serves, if any. A process that died has taken its state with it.
   * @returns what gives the next instance its state
   */
  stateGiver(live: SlotInstance | undefined): StateGiver | undefined {
    return live?.instance ?? this.#kept;
  }

  /** Sends all new utterances to a new generation by an instance. */
  route({ instance: id, generation: number, binding, swap }: Omit<EffectOf<"route">, "type">): void {
    const entry = this.options.instances.find(id);
    if (entry) this.#makeLive(entry, this.#create(entry, number, binding), swap);
  }

  /** Sends all new utterances to the canary. */
  promote({ instance: id, swap }: EffectOf<"promote">): void {
    const entry = this.options.instances.find(id);
    const canary = this.#canary?.generation;
    this.#endTrial();
    if (entry && canary) this.#makeLive(entry, canary, swap);
  }

  /**
   * The live instance goes on as a new generation. Older ones keep their settings, and share the turns at the process
   * with it.
   */
  reconfigure(effect: EffectOf<"reconfigure">): void {
    const before = this.#live;
    this.route(effect);
    if (before && before !== this.#live) this.#retire(before, effect.swap);
  }

  /** The live generation continues with another instance, or is begun again where its holders were told that it is over. */
  recover(effect: EffectOf<"recover">): void {
    const entry = this.options.instances.find(effect.instance);
    const live = this.#live;
    if (!entry) return;
    if (!live || live.isOver) return this.route(effect);
    this.restarts++;
    this.#serve(entry, live);
    live.serve(entry.instance);
  }

  /** @param rules how the canary is tried */
  share(
    { instance: id, generation: number, binding, swap }: EffectOf<"route-share">,
    rules: CanaryRules,
  ): void {
    const entry = this.options.instances.find(id);
    if (!entry) return;
    const generation = this.#create(entry, number, binding);
    this.#serve(entry, generation);
    entry.instance.state = "canary";
    this.#canary = { generation, share: new CanaryShare(rules.percent) };
    this.#leftFor.set(generation, swap);
    this.#try(number, {
      rules,
      untilUsed: true,
      failed: (detail) => this.#trialFailed(number, binding, `${detail} as a canary`, rules),
      passed: (detail) => this.options.machine.report({ type: "promoted", id: swap, detail }),
      counted: (seen) => this.options.environment.swaps.noteTrial(swap, trialOf(rules, seen)),
      overdue: (detail) => this.#overdue(swap, binding, detail),
    });
  }

  /** Sends no more utterances to the canary. */
  endShare(): void {
    this.#canary = undefined;
    this.#endTrial();
  }

  /** Watches what a generation does. */
  watch(number: number): void {
    const { watch: rules } = this.options.environment.rules;
    const { binding } = this.#live ?? {};
    if (!binding) return;
    this.#try(number, {
      rules,
      untilUsed: false,
      failed: (detail) => this.#trialFailed(number, binding, detail, rules),
      passed: () => this.options.machine.report({ type: "trial-passed", generation: number }),
    });
  }

  /**
   * Waits until nobody holds an instance. After `swap.drainTimeoutMs` its holders are told to continue elsewhere.
   */
  async drain({ instance: id, swap, keepState: keeps }: EffectOf<"drain">): Promise<void> {
    const { slot, instances, environment, machine } = this.options;
    const { clock, log } = environment;
    const { drainTimeoutMs } = environment.rules;
    const entry = instances.find(id);
    if (!entry) return machine.report({ type: "drained", instance: id, left: 0, parkForMs: 0 });
    const { instance, generations } = entry;
    instance.state = "draining";
    for (const generation of generations) this.#retire(generation, swap);
    const counts = await Promise.all(generations.map((one) => one.drain(clock, drainTimeoutMs)));
    const left = counts.reduce((sum, count) => sum + count, 0);
    if (left > 0)
      log.warn(
        { slot, pid: instance.pid, left },
        "the replaced instance is ended before it has finished its utterances",
      );
    if (keeps && !instance.closed) this.#kept = await keepState(instance);
    machine.report({ type: "drained", instance: id, left, parkForMs: environment.rules.parkForMs });
  }

  park({ instance: id, ms }: EffectOf<"park">): void {
    const { instances, environment, machine } = this.options;
    const entry = instances.find(id);
    if (!entry) return;
    entry.instance.state = "parked";
    const timer = environment.clock.after(ms, () => machine.report({ type: "unparked", instance: id }));
    void entry.instance.gone.then(() => timer.cancel());
  }

  /** The process of an instance is gone: those who hold its generations are told to continue elsewhere. */
  expire({ instance, except, error, swap }: EffectOf<"expire">): void {
    const generations = this.#served.get(instance)?.generations ?? [];
    this.#served.delete(instance);
    for (const generation of generations)
      if (generation.number !== except) this.#leave(generation, error, swap);
  }

  /** Nothing serves, and nothing will: calls that wait for an instance fail. */
  giveUp(error: SyrinxError): void {
    this.#live?.giveUp(error);
  }

  #create(entry: SlotInstance, number: number, binding: Binding): ServingGeneration {
    const released = (ok: boolean | undefined) => {
      this.options.policy.used();
      if (ok !== undefined && this.#trial?.generation === number) this.#trial.trial.count(ok);
    };
    const before = entry.generations.at(-1);
    return new ServingGeneration(number, binding, entry.instance, released, before?.process);
  }

  #makeLive(entry: SlotInstance, generation: ServingGeneration, swap: string): void {
    const before = this.#live;
    this.#kept = undefined;
    this.#serve(entry, generation);
    this.#live = generation;
    this.#canary = undefined;
    const { loaded } = entry.instance;
    if (loaded) this.lastVoice = { loaded, release: bindingId(generation.binding) };
    // Its process died, and is not replaced any more.
    if (before?.lost) this.#leave(before, ServingGeneration.replaced(), swap);
  }

  #serve(entry: SlotInstance, generation: ServingGeneration): void {
    entry.instance.state = "serving";
    if (!entry.generations.includes(generation)) {
      // With every change in place, one more generation that nobody holds would be kept.
      const held = entry.generations.filter((one) => one.inflight > 0 || one === this.#live);
      entry.generations.splice(0, Infinity, ...held, generation);
    }
    if (this.#served.has(entry.id)) return;
    this.#served.set(entry.id, entry);
    this.#watchProcess(entry);
  }

  #watchProcess({ instance }: SlotInstance): void {
    watchHealth(instance, this.options.environment);
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
    const { environment, machine } = this.options;
    const message = `${bindingId(binding)} is not trusted because ${detail}, and the highest error rate is ${maxErrorRate}`;
    const error = new SyrinxError("too-many-errors", message);
    const now = environment.clock.now();
    machine.report({ type: "trial-failed", generation, error, now, nextId: Bun.randomUUIDv7() });
  }

  #overdue(id: string, binding: Binding, detail: string): void {
    const message = `${bindingId(binding)} was not proven because ${detail}`;
    const error = new SyrinxError("canary-unproven", message);
    this.options.machine.report({ type: "overdue", id, error });
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
