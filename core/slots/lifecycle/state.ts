/**
 * What a slot's state machine knows, hears and has done.
 *
 * @module
 */
import type { Strategy, SwapRecord, SwapStage } from "../../../schemas/generated/swap.ts";
import type { SyrinxError } from "../../errors.ts";
import type { Binding } from "../../releases/mod.ts";

/** Names an instance, unique in its slot. */
export type InstanceId = number;

/** A swap, an unload, or the replacement of a process that died: all go through the same stages. */
export interface Transition {
  readonly id: string;
  /** What is to serve; undefined: nothing, as the slot is unloaded. */
  readonly binding: Binding | undefined;
  readonly reason: SwapRecord["reason"];
  readonly strategy: Strategy;
  /** Whether another process has to serve, as it is to learn what the one that serves does not know. */
  readonly anew: boolean;
  readonly stage: SwapStage;
  readonly instance: InstanceId | undefined;
  /**
   * How it comes to serve, once that is known: beside what serves; after that was drained and ended, as there is no room
   * for both; back, as an instance that served before still runs; or in place, by the instance that serves already.
   */
  readonly way: "beside" | "after-unload" | "back" | "in-place" | undefined;
  /** Whether it is waited for the device to show the memory of the old instance as free. */
  readonly awaitsRoom: boolean;
  /** What it took the place of, once it is routed. */
  readonly replaces: Generation | undefined;
  /** Why it fails, or is taken back; it is over once its process is gone. */
  readonly error?: SyrinxError;
}

export interface Generation {
  readonly number: number;
  readonly binding: Binding;
  /** Undefined while a process that died is being replaced, and while a recreate has nothing to serve with. */
  readonly instance: InstanceId | undefined;
}

/** Why a slot has nothing loaded, though nothing is wrong. */
export type Unloaded = "request" | "idle" | "evicted" | "on-demand";

export interface SlotState {
  /** What new utterances are routed to. */
  readonly live: Generation | undefined;
  /** What a share of the new utterances is routed to, until it is promoted or taken back. */
  readonly canary: Generation | undefined;
  /** What served before, kept for an instant rollback. */
  readonly parked: Generation | undefined;
  /** Where a rollback leads: the newest other binding that served before the live one. */
  readonly previous: Binding | undefined;
  /** The live generation while it is watched, and the swap that brought it: errors roll it back. */
  readonly trial: { readonly swap: string; readonly generation: number } | undefined;
  /** The swap that is under way. */
  readonly swap: Transition | undefined;
  readonly waiting: readonly Transition[];
  /** The replacement of the live instance that is under way. It may run beside a swap. */
  readonly recovery: Transition | undefined;
  /** Instances that finish what they began, and the swap that waits for it. */
  readonly draining: ReadonlyMap<InstanceId, string | undefined>;
  /** Instances that were asked to end, and are not gone yet. */
  readonly ending: ReadonlySet<InstanceId>;
  readonly lastGeneration: number;
  readonly lastInstance: InstanceId;
  /** Times at which live instances died, in ms. */
  readonly deaths: readonly number[];
  readonly unloaded: Unloaded | undefined;
  /** Why nothing serves, or why the last swap failed. */
  readonly error: SyrinxError | undefined;
  readonly removed: boolean;
}

export const EMPTY_SLOT: SlotState = {
  live: undefined,
  canary: undefined,
  parked: undefined,
  previous: undefined,
  trial: undefined,
  swap: undefined,
  waiting: [],
  recovery: undefined,
  draining: new Map(),
  ending: new Set(),
  lastGeneration: 0,
  lastInstance: 0,
  deaths: [],
  unloaded: undefined,
  error: undefined,
  removed: false,
};

/** What a recovery needs to be planned. */
export interface FailureContext {
  error: SyrinxError;
  /** Wall clock, ms. */
  now: number;
  /** Id of the recovery or the rollback, if one is planned. */
  nextId: string;
}

export type SlotEvent =
  /** `binding` undefined: unload. */
  | {
      type: "requested";
      id: string;
      binding: Binding | undefined;
      reason: SwapRecord["reason"];
      strategy: Strategy;
      anew?: boolean;
    }
  /** The devices have room for an instance, beside the old one or once that is gone. */
  | { type: "admitted"; instance: InstanceId; way: "beside" | "after-unload"; detail: string }
  /** The wait for the device to show the room is over. */
  | { type: "roomy"; instance: InstanceId }
  /** The stage that an instance was in has succeeded; `detail` is what is to be told of it. */
  | { type: "advanced"; instance: InstanceId; detail?: string }
  /** The stage that an instance was in has failed. */
  | ({ type: "failed"; instance: InstanceId } & FailureContext)
  /** The process of an instance is gone, for whatever reason. */
  | ({ type: "exited"; instance: InstanceId } & FailureContext)
  /** No utterance holds the instance any more, or its time is up. */
  | { type: "drained"; instance: InstanceId; mayPark: boolean }
  /** A parked instance has been kept for long enough. */
  | { type: "unparked"; instance: InstanceId }
  /** The canary has proved itself, or somebody says so; `detail` is which. */
  | { type: "promoted"; id: string; detail: string }
  /** The canary is not wanted. */
  | { type: "aborted"; id: string; error: SyrinxError }
  /** A generation makes too many errors. */
  | ({ type: "trial-failed"; generation: number } & FailureContext)
  /** A generation was watched for long enough. */
  | { type: "trial-passed"; generation: number }
  /** The wait before a restart is over; `id` names the recovery. */
  | { type: "restart"; id: string }
  | { type: "removed"; error: SyrinxError };

export type EventOf<Type extends SlotEvent["type"]> = Extract<SlotEvent, { type: Type }>;

export type SlotEffect =
  /** Write down that a transition has reached a stage; `detail` is why. */
  | { type: "record"; transition: Transition; generation?: number; detail?: string }
  /** Write down what came of the stage that a transition is in. */
  | { type: "annotate"; transition: Transition; detail: string }
  /** Write down of a swap that is over that what it brought was rolled back. */
  | { type: "mark-rolled-back"; swap: string; error: SyrinxError }
  /** Find room for the binding and reserve it, then report `admitted` or `failed`. */
  | { type: "admit"; instance: InstanceId; binding: Binding; strategy: Strategy }
  /** Wait until the device shows the room that was reserved, then report `roomy`. */
  | { type: "await-room"; instance: InstanceId }
  /** Start a process for the binding, then report `advanced` or `failed`. */
  | { type: "start"; instance: InstanceId; binding: Binding }
  | { type: "load"; instance: InstanceId }
  /** Hand the state of the live instance to this one, if there is any; `mustTake`: a refusal is a failure. */
  | { type: "restore"; instance: InstanceId; mustTake: boolean }
  | { type: "probe"; instance: InstanceId }
  /** Serve new utterances, and those that wait, with this instance of this generation. */
  | { type: "route"; instance: InstanceId; generation: number; binding: Binding; swap: string }
  /** Serve a share of the new utterances with this instance of this generation. */
  | { type: "route-share"; instance: InstanceId; generation: number; binding: Binding; swap: string }
  /** Send no more utterances to the canary. */
  | { type: "end-share" }
  /** Watch what a generation does. */
  | { type: "watch"; generation: number }
  /**
   * Report `drained` when no utterance holds the instance any more. `keepState`: nothing follows it that could ask for
   * its state, so that is kept.
   */
  | { type: "drain"; instance: InstanceId; keepState: boolean; swap: string | undefined }
  /** Keep the instance, and report `unparked` when it was kept for long enough. */
  | { type: "park"; instance: InstanceId }
  | { type: "end"; instance: InstanceId }
  | { type: "finish"; transition: Transition; error?: SyrinxError }
  | { type: "restart-after"; id: string; ms: number }
  /** Nothing serves and nothing will by itself: fail what waits. */
  | { type: "give-up"; error: SyrinxError };

export type EffectOf<Type extends SlotEffect["type"]> = Extract<SlotEffect, { type: Type }>;

export interface Step {
  readonly state: SlotState;
  readonly effects: readonly SlotEffect[];
}

/** @returns the step in which nothing happens */
export function rest(state: SlotState): Step {
  return { state, effects: [] };
}

/** @returns both steps as one */
export function after(first: Step, then: (state: SlotState) => Step): Step {
  const second = then(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}

/** Whether a transition could still fail without having served: routed, nothing of it fails any more. */
export function isBeforeRouted({ stage, way }: Transition): boolean {
  if (stage === "draining") return way === "after-unload";
  return stage !== "routed" && stage !== "canary";
}
