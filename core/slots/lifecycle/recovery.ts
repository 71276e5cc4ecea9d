/**
 * The replacement of a live process that died.
 *
 * The record of the recovery says how the process died, as the `detail` of its first stage. A generation that is
 * watched is rolled back in a crash loop. Another one is given up: the slot is `failed`, says why, and a reload or
 * another swap loads it again.
 *
 * @module
 */
import { SyrinxError } from "../../errors.ts";
import { end } from "./ending.ts";
import { after, closing, doing, type FailureContext, rest, type Step } from "./events.ts";
import { beginAdmission, rollBack } from "./queue.ts";
import { recentDeaths, restartDelay, WATCH_WINDOW_MS } from "./restart-delay.ts";
import type { Admitting, Load, Preparing, SlotState } from "./state.ts";

/**
 * Plans the replacement of the live instance that died. In a crash loop it goes back to what served before, or gives
 * up.
 */
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
  return state.swap ? rest(lost) : doing(lost, { type: "give-up", error: hopeless });
}

/** Loads what a swap has ended to make room, because that swap failed. */
export function revive(state: SlotState, { nextId }: FailureContext): Step {
  return plan(state, { nextId }, 0, "the swap failed, so what it has ended is loaded again");
}

/** The replacement is ready: the live generation goes on with it. */
export function recovered(state: SlotState, { transition, instance }: Preparing): Step {
  const { live } = state;
  if (!live) return rest(state);
  const { number: generation, binding } = live;
  return doing(
    { ...state, live: { ...live, instance }, recovery: undefined, error: undefined },
    { type: "recover", instance, generation, binding, swap: transition.id },
    { type: "record", transition, stage: "routed", generation },
    ...closing(transition, "done"),
  );
}

/** A replacement that fails to load counts as a death. */
export function recoveryFailed(
  state: SlotState,
  { transition, instance }: Admitting | Preparing,
  failure: FailureContext,
): Step {
  const { error } = failure;
  const ended = end({ ...state, recovery: undefined, error }, instance);
  const closed = after(ended, (next) => doing(next, ...closing(transition, "failed", { error })));
  return after(closed, (next) => restart(next, failure));
}

/** The wait before a restart is over. */
export function restartNow(state: SlotState, id: string): Step {
  const { recovery } = state;
  return recovery?.phase === "delayed" && recovery.transition.id === id
    ? beginAdmission(state, "recovery", recovery.transition)
    : rest(state);
}

function plan(
  state: SlotState,
  { nextId: id }: Pick<FailureContext, "nextId">,
  ms: number,
  detail: string,
): Step {
  const { live } = state;
  if (!live) return rest(state);
  const transition: Load = {
    kind: "load",
    id,
    binding: live.binding,
    reason: "recovery",
    strategy: "auto",
    newProcess: false,
  };
  return doing(
    { ...state, recovery: { phase: "delayed", transition } },
    { type: "record", transition, stage: "planned", detail },
    { type: "restart-after", id, ms },
  );
}
