/**
 * What the state machine of a slot decides, done.
 *
 * @module
 */
import type { SyrinxError } from "../errors.ts";
import type { Instances } from "./slot-instances.ts";
import type { SlotEffect, SlotEvent, SlotState } from "./lifecycle/mod.ts";
import type { Generations } from "./generations.ts";
import type { SlotEnvironment, SwapManner } from "./slot-environment.ts";

/** Who does it. */
export interface Performers {
  slot: string;
  environment: SlotEnvironment;
  instances: Instances;
  generations: Generations;
  /** The state that the effect belongs to. */
  state(): SlotState;
  /** How a swap is to be done that was asked for. */
  manner(swap: string): SwapManner | undefined;
  /** What those are told who want the slot while nothing serves. */
  unavailable(): SyrinxError;
  report(event: SlotEvent): void;
}

/** @returns what does an effect, or begins to: what comes of it is reported as an event */
export function performer(by: Performers): (effect: SlotEffect) => void {
  const { slot, environment, instances, generations, report } = by;
  const { swaps, clock, log } = environment;
  return (effect) => {
    switch (effect.type) {
      case "record":
        return swaps.record(slot, effect.transition, effect.generation, effect.detail);
      case "annotate":
        return swaps.annotate(effect.transition, effect.detail);
      case "mark-rolled-back":
        return swaps.markRolledBack(effect.swap, effect.error);
      case "finish":
        return swaps.finish(effect.transition.id, effect.error);
      case "admit":
        return instances.admit(effect.instance, effect.binding, effect.strategy);
      case "await-room":
        return instances.awaitRoom(effect.instance);
      case "start":
        return instances.start(effect.instance, effect.binding);
      case "load":
        return instances.load(effect.instance);
      case "restore": {
        const { live, swap } = by.state();
        const given = swap?.instance === effect.instance ? by.manner(swap.id)?.state : undefined;
        const giver = given ?? generations.stateGiver(instances.find(live?.instance));
        return instances.restore(effect.instance, giver, effect.mustTake);
      }
      case "probe":
        return instances.probe(effect.instance);
      case "route":
        return generations.route(effect);
      case "route-share":
        return generations.share(effect, { ...environment.rules.canary, ...by.manner(effect.swap)?.canary });
      case "end-share":
        return generations.endShare();
      case "watch":
        return generations.watch(effect.generation);
      case "drain":
        return instances.run(() => generations.drain(effect));
      case "park":
        return generations.park(effect.instance);
      case "end":
        return instances.end(effect.instance);
      case "restart-after":
        clock.after(effect.ms, () => report({ type: "restart", id: effect.id }));
        return;
      case "give-up":
        if (effect.error.code === "slot-failed") log.error({ slot }, effect.error.message);
        return generations.giveUp(by.unavailable());
    }
  };
}
