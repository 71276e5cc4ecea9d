/**
 * The replacement of a live process that died.
 *
 * @module
 */
import { SyrinxError } from "../../errors.ts";
import { recentDeaths, restartDelay, WATCH_WINDOW_MS } from "./restart-delay.ts";
import { end } from "./ending.ts";
import { beginAdmission, planned, rollBack } from "./queue.ts";
import {
  after,
  type InstanceId,
  type FailureContext,
  rest,
  type SlotEffect,
  type SlotState,
  type Step,
  type Transition,
} from "./state.ts";

/** Plans the replacement of the live instance that died. In a crash loop it goes back to what served before, or gives up. */
export function restart(state: SlotState, failure: FailureContext): Step {
  const { error, now } = failure;
  if (!state.live) return rest(state);
  const deaths = [...recentDeaths(state.deaths, now), now];
  const ms = restartDelay(deaths);
  if (ms !== "crash-loop") return plan({ ...state, deaths }, failure, ms, error.message);
  const window = WATCH_WINDOW_MS / 1000;
  const message = `The plugin died ${deaths.length} times in ${window} s and is not started again until it is reloaded. Last: ${error.message}`;
  const hopeless = new SyrinxError("slot-failed", message, { cause: error });
  const lost: SlotState = { ...state, deaths, error: hopeless };
  const back = rollBack(lost, { ...failure, error: hopeless });
  if (back.effects.length > 0) return back;
  return { state: lost, effects: state.swap ? [] : [{ type: "give-up", error: hopeless }] };
}

/** Loads what a swap has ended to make room, as that swap failed. */
export function revive(state: SlotState, { nextId }: FailureContext): Step {
  return plan(state, { nextId }, 0, "the swap failed, so what it has ended is loaded again");
}

export function recovered(state: SlotState, recovery: Transition, instance: InstanceId): Step {
  const { live } = state;
  if (!live) return rest(state);
  return {
    state: { ...state, live: { ...live, instance }, recovery: undefined, error: undefined },
    effects: [
      { type: "route", instance, generation: live.number, binding: live.binding, swap: recovery.id },
      { type: "record", transition: { ...recovery, stage: "routed" }, generation: live.number },
      { type: "record", transition: { ...recovery, stage: "done" } },
      { type: "finish", transition: recovery },
    ],
  };
}

export function recoveryFailed(state: SlotState, recovery: Transition, failure: FailureContext): Step {
  const { error } = failure;
  const transition: Transition = { ...recovery, stage: "failed" };
  const effects: SlotEffect[] = [
    { type: "record", transition },
    { type: "finish", transition, error },
  ];
  const ended = end({ ...state, recovery: undefined, error }, recovery.instance);
  return after({ ...ended, effects: [...ended.effects, ...effects] }, (next) => restart(next, failure));
}

/** The wait before a restart is over. */
export function restartNow(state: SlotState, id: string): Step {
  return state.recovery?.id === id && state.recovery.instance === undefined
    ? beginAdmission(state, "recovery")
    : rest(state);
}

function plan(
  state: SlotState,
  { nextId }: Pick<FailureContext, "nextId">,
  ms: number,
  detail: string,
): Step {
  const { live } = state;
  if (!live) return rest(state);
  const recovery = planned({ id: nextId, binding: live.binding, reason: "recovery", strategy: "auto" });
  return {
    state: { ...state, recovery },
    effects: [
      { type: "record", transition: recovery, detail },
      { type: "restart-after", id: nextId, ms },
    ],
  };
}
