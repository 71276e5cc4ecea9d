/**
 * Runs the state machine of a slot: holds its state, gives it events, and does what it decides.
 *
 * @module
 */
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import type { EventBody } from "../journal/mod.ts";
import { Generations } from "./generations.ts";
import { EMPTY_SLOT, type SlotEffect, type SlotEvent, type SlotState, step } from "./lifecycle/mod.ts";
import type { LoadPolicyWatch } from "./load-policy.ts";
import type {
  CanaryRules,
  SlotChoice,
  SlotEnvironment,
  SlotStateMachine,
  SwapManner,
} from "./slot-environment.ts";
import { Instances } from "./slot-instances.ts";
import { slotEvent } from "./slot-view.ts";
import { SlotWaiters } from "./slot-waiters.ts";
import { trialOf } from "./trial.ts";

export interface SlotMachineOptions {
  slot: string;
  kind: PluginKind;
  environment: SlotEnvironment;
  policy: LoadPolicyWatch;
  /** Called when a rollback serves, unless it undoes a change of the config. */
  rolledBack(rollback: Omit<SlotChoice, "slot">): void;
}

export class SlotMachine implements SlotStateMachine {
  readonly instances: Instances;
  readonly generations: Generations;
  readonly waiters: SlotWaiters;
  #state: SlotState = EMPTY_SLOT;
  /** The last event of the slot that was reported. */
  #told: EventBody | undefined;
  /** The manner of each swap that is not over, by its id. */
  readonly #manners = new Map<string, SwapManner>();

  constructor(private readonly options: SlotMachineOptions) {
    const { slot, kind, environment, policy } = options;
    this.instances = new Instances(slot, kind, environment, options.policy, this);
    const { instances } = this;
    this.generations = new Generations({ slot, environment, instances, policy, machine: this });
    const { generations } = this;
    this.waiters = new SlotWaiters({ slot, clock: environment.clock, machine: this, generations, policy });
  }

  get state(): SlotState {
    return this.#state;
  }

  /** Keeps the manner of a swap. To be called before the swap is requested. */
  setManner(swap: string, manner: SwapManner): void {
    this.#manners.set(swap, manner);
  }

  report(event: SlotEvent): void {
    const { state, effects } = step(this.#state, event);
    // An event that comes too late, or changes nothing, is not worth an event of the slot.
    if (state === this.#state && effects.length === 0) return;
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    this.#tell();
  }

  /** Does an effect, or begins it. What comes of it is reported as an event later. */
  #perform(effect: SlotEffect): void {
    const { instances, generations } = this;
    const { slot, environment } = this.options;
    const { swaps, clock, log } = environment;
    switch (effect.type) {
      case "begin":
        return swaps.begin(effect);
      case "record":
        this.#noteRollback(effect);
        if (effect.stage === "canary") this.#noteTrial(effect.transition.id);
        return swaps.record(slot, effect);
      case "annotate":
        return swaps.annotate(effect);
      case "mark-rolled-back":
        return swaps.markRolledBack(effect.swap, effect.error);
      case "finish":
        this.#manners.delete(effect.id);
        return swaps.finish(effect.id, effect.error, effect.rolledBackBy);
      case "admit":
        return instances.admit(effect.instance, effect.binding, effect.strategy);
      case "await-room":
        return instances.awaitRoom(effect.instance);
      case "start":
        return instances.start(effect.instance, effect.binding);
      case "load":
        return instances.load(effect.instance);
      case "restore": {
        const given = this.#manners.get(effect.id)?.state;
        const giver = given ?? generations.stateGiver(instances.find(effect.from));
        return instances.restore(effect.instance, giver, effect.mustTake);
      }
      case "probe":
        return instances.probe(effect.instance);
      case "end":
        return instances.end(effect.instance);
      case "route":
        return generations.route(effect);
      case "route-share":
        return generations.share(effect, this.#canaryRules(effect.swap));
      case "end-share":
        return generations.endShare();
      case "promote":
        return generations.promote(effect);
      case "reconfigure":
        return generations.reconfigure(effect);
      case "recover":
        return generations.recover(effect);
      case "watch":
        return generations.watch(effect.generation);
      case "drain":
        return instances.run(() => generations.drain(effect));
      case "park":
        return generations.park(effect);
      case "expire":
        return generations.expire(effect);
      case "restart-after":
        clock.after(effect.ms, () => this.report({ type: "restart", id: effect.id }));
        return;
      case "give-up":
        if (effect.error.code === "slot-failed") log.error({ slot }, effect.error.message);
        return generations.giveUp(this.waiters.unavailable());
    }
  }

  #canaryRules(swap: string): CanaryRules {
    return { ...this.options.environment.rules.canary, ...this.#manners.get(swap)?.canary };
  }

  /** So that the record says what the canary waits for as soon as it is on trial. */
  #noteTrial(swap: string): void {
    const seen = { requests: 0, failed: 0 };
    this.options.environment.swaps.noteTrial(swap, trialOf(this.#canaryRules(swap), seen));
  }

  #noteRollback({ transition, stage }: Extract<SlotEffect, { type: "record" }>): void {
    if (transition.kind !== "load" || transition.reason !== "rollback" || stage !== "routed") return;
    const { id: swap, binding } = transition;
    const { rolledBackBy, actor, keeping } = this.#manners.get(swap) ?? {};
    const { previous: left } = this.#state;
    if (rolledBackBy !== "config")
      this.options.rolledBack({ swap, binding, ...(left && { left }), actor, keeping });
  }

  /** Wakes those who wait for another state, and reports the slot if it looks different than last time. */
  #tell(): void {
    this.waiters.wake();
    const event = slotEvent(this.options.slot, this.#state);
    if (Bun.deepEquals(event, this.#told)) return;
    this.#told = event;
    this.options.environment.report(event);
  }
}
