/**
 * The events that the state machine of a slot takes, and the effects that it asks for.
 *
 * @module
 */
import type { RollbackCause, Strategy, SwapStage } from "../../../schemas/generated/swap.ts";
import type { SyrinxError } from "../../errors.ts";
import type { Binding } from "../../releases/mod.ts";
import type { InstanceId, SlotState, Transition } from "./state.ts";

/** What the machine needs to know of a failure, to plan what follows it. */
export interface FailureContext {
  error: SyrinxError;
  /** Wall clock, ms. */
  now: number;
  /** Id of the recovery or the rollback, if one is planned. */
  nextId: string;
}

export type SlotEvent =
  /** Somebody wants another binding, or none. */
  | { type: "requested"; transition: Transition }
  /** The config says when the slot is loaded. */
  | { type: "load-policy-set"; load: "eager" | "on-demand" }
  /** The wanted binding could not be resolved, so that there is no swap. */
  | { type: "rejected"; error: SyrinxError }
  /** The wanted binding can be resolved again. */
  | { type: "error-cleared"; load: "eager" | "on-demand" }
  /** The devices have room for an instance, beside the old one or once that is gone. */
  | { type: "admitted"; instance: InstanceId; way: "beside" | "after-unload"; detail: string }
  /** The wait for the device to show the room is over. */
  | { type: "roomy"; instance: InstanceId }
  /** The stage that an instance was in has succeeded; `detail` goes into the record. */
  | { type: "advanced"; instance: InstanceId; detail?: string }
  /** The stage that an instance was in has failed. */
  | ({ type: "failed"; instance: InstanceId } & FailureContext)
  /** The process of an instance is gone, for any reason. */
  | ({ type: "exited"; instance: InstanceId } & FailureContext)
  /**
   * No utterance holds the instance any more, or its time is up and `left` utterances hang. `parkForMs` is how long the
   * config wants a replaced instance to be kept, in ms; 0: not at all.
   */
  | { type: "drained"; instance: InstanceId; left: number; parkForMs: number }
  /** A parked instance has been kept for long enough. */
  | { type: "unparked"; instance: InstanceId }
  /** The canary has proved itself, or somebody says so; `detail` is which. */
  | { type: "promoted"; id: string; detail: string }
  /** The canary is not wanted. */
  | { type: "aborted"; id: string; error: SyrinxError }
  /** The canary had too few requests in the time that it was given. */
  | { type: "overdue"; id: string; error: SyrinxError }
  /** A generation makes too many errors. */
  | ({ type: "trial-failed"; generation: number } & FailureContext)
  /** A generation was watched for long enough. */
  | { type: "trial-passed"; generation: number }
  /** The wait before a restart is over; `id` names the recovery. */
  | { type: "restart"; id: string }
  | { type: "removed"; error: SyrinxError };

export type EventOf<Type extends SlotEvent["type"]> = Extract<SlotEvent, { type: Type }>;

export type SlotEffect =
  /** Write down what serves now that a transition has its turn. undefined: nothing does. */
  | { type: "begin"; id: string; from: Binding | undefined }
  /** Write down that a transition has reached a stage; `detail` is why. */
  | { type: "record"; transition: Transition; stage: SwapStage; generation?: number; detail?: string }
  /** Write down what came of the stage that a transition is in. */
  | { type: "annotate"; id: string; stage: SwapStage; detail: string }
  /** Write into the record of a swap that is over that its binding was rolled back by itself. */
  | { type: "mark-rolled-back"; swap: string; error: SyrinxError }
  /** Close the record of a transition. `rolledBackBy`: what ended it, if its binding was rolled back. */
  | { type: "finish"; id: string; error?: SyrinxError; rolledBackBy?: RollbackCause }
  /** Find room for the binding and reserve it, then report `admitted` or `failed`. */
  | { type: "admit"; instance: InstanceId; binding: Binding; strategy: Strategy }
  /** Wait until the device shows the room that was reserved, then report `roomy`. */
  | { type: "await-room"; instance: InstanceId }
  /** Start a process for the binding, then report `advanced` or `failed`. */
  | { type: "start"; instance: InstanceId; binding: Binding }
  | { type: "load"; instance: InstanceId }
  /**
   * Hand a state to this instance, if there is any: the one that the transition `id` was given, else that of the
   * instance `from`, else the one that was kept. `mustTake`: a refusal is a failure.
   */
  | {
      type: "restore";
      instance: InstanceId;
      from: InstanceId | undefined;
      id: string;
      mustTake: boolean;
    }
  | { type: "probe"; instance: InstanceId }
  /** Serve new utterances, and those that wait, with a new generation by this instance. */
  | { type: "route"; instance: InstanceId; generation: number; binding: Binding; swap: string }
  /** Serve a share of the new utterances with a new generation by this instance. */
  | { type: "route-share"; instance: InstanceId; generation: number; binding: Binding; swap: string }
  /** Send no more utterances to the canary. */
  | { type: "end-share" }
  /** Serve all new utterances with the generation of the canary. */
  | { type: "promote"; instance: InstanceId; generation: number; swap: string }
  /** The live instance goes on as a new generation, which has other live settings. */
  | { type: "reconfigure"; instance: InstanceId; generation: number; binding: Binding; swap: string }
  /** A recovery: the live generation goes on with this instance. */
  | { type: "recover"; instance: InstanceId; generation: number; binding: Binding; swap: string }
  /** Watch what a generation does. */
  | { type: "watch"; generation: number }
  /**
   * Report `drained` when no utterance holds the instance any more. `keepState`: nothing follows it that could ask for
   * its state, so that is kept.
   */
  | { type: "drain"; instance: InstanceId; keepState: boolean; swap: string | undefined }
  /**
   * The instance is gone: tell those who hold its generations that these are over. `except` is a generation that
   * another process serves, or will.
   */
  | {
      type: "expire";
      instance: InstanceId;
      except: number | undefined;
      error: SyrinxError;
      swap: string | undefined;
    }
  /** Keep the instance for so long, and then report `unparked`. */
  | { type: "park"; instance: InstanceId; ms: number }
  | { type: "end"; instance: InstanceId }
  | { type: "restart-after"; id: string; ms: number }
  /** Nothing serves and nothing will: fail the waiting requests. */
  | { type: "give-up"; error: SyrinxError };

export type EffectOf<Type extends SlotEffect["type"]> = Extract<SlotEffect, { type: Type }>;

export interface Step {
  readonly state: SlotState;
  readonly effects: readonly SlotEffect[];
}

/** @returns the step in which nothing is done */
export function rest(state: SlotState): Step {
  return { state, effects: [] };
}

/** @returns the step that has these effects, and goes on to `state` */
export function doing(state: SlotState, ...effects: SlotEffect[]): Step {
  return { state, effects };
}

/** @returns both steps as one */
export function after(first: Step, then: (state: SlotState) => Step): Step {
  const second = then(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

/** How a transition ended. */
export interface Ending {
  /** Why it is over, unless it is done. */
  readonly error?: SyrinxError | undefined;
  /** What the record says of its last stage. */
  readonly detail?: string | undefined;
  /** What ended it, if its binding was rolled back. */
  readonly rolledBackBy?: RollbackCause | undefined;
}

/** @returns what ends a transition in the journal */
export function closing(
  transition: Transition,
  stage: "done" | "failed" | "rolled-back",
  { error, detail, rolledBackBy }: Ending = {},
): SlotEffect[] {
  return [
    { type: "record", transition, stage, ...(detail !== undefined && { detail }) },
    { type: "finish", id: transition.id, ...(error && { error }), ...(rolledBackBy && { rolledBackBy }) },
  ];
}
