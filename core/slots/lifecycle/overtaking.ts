/**
 * What is asked of a slot later, and ends what was asked before.
 *
 * **A canary holds up nothing.** Whatever else is asked of its slot ends its trial: a change of the config, a restore,
 * another swap, a reload, a rollback, a load or an unload. What was asked for replaces the binding that serves, and not the
 * canary, so a verdict about the canary would have no use.
 *
 * **A change of the config waits for no request.** It says what the slot is to have from then on, and so does a restore. What
 * waits for its turn was asked before that. It would be loaded for nothing, so it ends. A swap that is under way goes on.
 *
 * @module
 */
import { SyrinxError } from "../../errors.ts";
import { closing, doing, rest, type Step } from "./events.ts";
import type { Canary, SlotState, Transition } from "./state.ts";
import { takeBack } from "./taking-back.ts";

/** Each one in words, as what overtakes another one. */
const REASONS: Readonly<Record<Transition["reason"], string>> = {
  start: "a start",
  config: "a change of the config",
  request: "another swap",
  reload: "a reload",
  recovery: "a restart after a failure",
  rollback: "a rollback",
  load: "a load",
  demand: "a load on demand",
  unload: "an unload",
  idle: "an unload because it was idle",
  evicted: "an unload to make room for others",
};

/** Lets a transition wait while another one is under way. */
export function enqueue(state: SlotState, transition: Transition): Step {
  const { waiting } = state;
  switch (transition.turn) {
    case undefined:
      return rest({ ...state, waiting: [...waiting, transition] });
    case "first":
      return rest({ ...state, waiting: [transition, ...waiting] });
    case "overtaking":
      return overtakeWaiting(state, transition);
  }
}

/** Ends the trial of a canary because something else was asked of its slot. */
export function overtakeCanary(state: SlotState, canary: Canary, by: Transition): Step {
  const error = new SyrinxError("swap-overtaken", `It was overtaken by ${inWords(by)}`);
  return takeBack(state, canary, error, "overtaken");
}

function overtakeWaiting(state: SlotState, by: Transition): Step {
  const overtaken = state.waiting.filter(({ turn }) => turn === undefined);
  const staying = state.waiting.filter(({ turn }) => turn !== undefined);
  const error = new SyrinxError("swap-overtaken", `It was overtaken before its turn by ${inWords(by)}`);
  return doing(
    { ...state, waiting: [...staying, by] },
    ...overtaken.flatMap((one) => closing(one, "failed", { error, detail: error.message })),
  );
}

function inWords({ id, reason, turn }: Transition): string {
  const isRestore = turn === "overtaking" && reason !== "config";
  return `${isRestore ? "the restore of a snapshot" : REASONS[reason]} (swap ${id})`;
}
