/**
 * Which generation new utterances go to: what follows a probe, and how a canary ends.
 *
 * A canary gets a share of the new utterances. It is promoted when its window is over and it had its requests, or rolled
 * back when too many failed, or when it had too few in its time. One that dies is rolled back at once, and its utterances go
 * on with the live generation. overtaking.ts says what overtakes it.
 *
 * @module
 */
import type { SyrinxError } from "../../errors.ts";
import { drain } from "./ending.ts";
import { after, doing, type EventOf, rest, type Step } from "./events.ts";
import { makeLive, type Routing } from "./make-live.ts";
import { overtakeCanary } from "./overtaking.ts";
import { finishSwap } from "./queue.ts";
import type { Canary, Preparing, RunningGeneration, SlotState } from "./state.ts";
import { takeBack } from "./taking-back.ts";

/** The new instance has passed its probe: a share of the new utterances goes to it, or all of them. */
export function probed(state: SlotState, { transition, instance }: Preparing): Step {
  const generation = state.lastGeneration + 1;
  if (transition.strategy !== "canary" || state.live?.instance === undefined)
    return replace(state, { transition, instance, generation, how: "route" });
  const { binding, id } = transition;
  const canary: Canary = { phase: "canary", transition, instance, generation };
  const tried = doing(
    { ...state, swap: canary, lastGeneration: generation },
    { type: "record", transition, stage: "canary", generation },
    { type: "route-share", instance, generation, binding, swap: id },
  );
  const [later] = state.waiting;
  return later ? after(tried, (next) => overtakeCanary(next, canary, later)) : tried;
}

/** The canary takes the place of what serves. */
export function promoted(state: SlotState, { id, detail }: EventOf<"promoted">): Step {
  const { swap } = state;
  if (swap?.phase !== "canary" || swap.transition.id !== id) return rest(state);
  const { transition, instance, generation } = swap;
  const noted = doing(state, { type: "annotate", id, stage: "canary", detail });
  return after(noted, (next) => replace(next, { transition, instance, generation, how: "promote" }));
}

/** Somebody does not want the canary. */
export function aborted(state: SlotState, { id, error }: EventOf<"aborted">): Step {
  const { swap } = state;
  return swap?.phase === "canary" && swap.transition.id === id
    ? takeBack(state, swap, error, "hand")
    : rest(state);
}

/** The canary had its time, and is not proven. */
export function overdue(state: SlotState, { id, error }: EventOf<"overdue">): Step {
  const { swap } = state;
  return swap?.phase === "canary" && swap.transition.id === id
    ? takeBack(state, swap, error, "max-wait")
    : rest(state);
}

/** The process of the canary is gone. */
export function canaryDied(state: SlotState, error: SyrinxError): Step {
  const taken = doing({ ...state, error }, { type: "end-share" });
  return after(taken, (next) => finishSwap(next, "rolled-back", error, "canary"));
}

/** Routes all new utterances to a generation, and lets what was live finish what it began. */
function replace(state: SlotState, routing: Routing): Step {
  const { live: old } = state;
  return after(makeLive(state, routing), (next) =>
    old?.instance === undefined
      ? finishSwap(next, "done")
      : drainReplaced(next, routing, { ...old, instance: old.instance }),
  );
}

function drainReplaced(state: SlotState, { transition }: Routing, replaces: RunningGeneration): Step {
  const recorded = doing(
    { ...state, swap: { phase: "replacing", transition, replaces } },
    { type: "record", transition, stage: "draining" },
  );
  return after(recorded, (next) => drain(next, replaces.instance, transition.id, false));
}
