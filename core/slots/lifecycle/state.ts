/**
 * What the state machine of a slot knows.
 *
 * Each phase of a swap is a type of its own, so that a state that makes no sense cannot be written: a canary has an
 * instance, an unload has no binding, and only a swap that has routed names what it replaces.
 *
 * @module
 */
import type { RollbackCause, Strategy, SwapRecord } from "../../../schemas/generated/swap.ts";
import type { SyrinxError } from "../../errors.ts";
import type { Binding } from "../../releases/mod.ts";

/** Names an instance, unique in its slot. */
export type InstanceId = number;

/** Why a slot is unloaded: a user requested it, nobody used it, or others needed the memory. */
export type UnloadReason = "unload" | "idle" | "evicted";
/** Why a binding is loaded. */
export type LoadReason = Exclude<SwapRecord["reason"], UnloadReason>;

/**
 * The turn of a transition among those that wait, if it is not the last one.
 *
 * overtaking: it says what the slot is to have, as a change of the config or a restore does. What waits was asked before it,
 * and ends. first: it undoes a change, and what waits was asked after that.
 */
export type Turn = "overtaking" | "first";

/** A binding is to serve. */
export interface Load {
  readonly kind: "load";
  readonly id: string;
  readonly binding: Binding;
  readonly reason: LoadReason;
  readonly strategy: Strategy;
  /** Whether a new process has to serve in any case, e.g. because it gets a state that the current one does not know. */
  readonly newProcess: boolean;
  /** What asked for it, if its reason is a rollback. */
  readonly rolledBackBy?: RollbackCause;
  /** Absent: after all others that wait. */
  readonly turn?: Turn;
}

/** Nothing is to serve. */
export interface Unload {
  readonly kind: "unload";
  readonly id: string;
  readonly reason: UnloadReason;
  /** Absent: after all others that wait. */
  readonly turn?: Turn;
}

/** What changes a slot. It has a record in the journal, under its id. */
export type Transition = Load | Unload;

/**
 * How a new instance begins to serve: beside the one that serves; after that was drained and ended, because both do not fit;
 * or back, because an instance that served before still runs.
 */
export type Way = "beside" | "after-unload" | "back";

/** A restart waits for its time. */
interface Delayed {
  readonly phase: "delayed";
  readonly transition: Load;
}

/** Memory is requested. */
export interface Admitting {
  readonly phase: "admitting";
  readonly transition: Load;
  readonly instance: InstanceId;
}

/** It has its memory reserved, and waits for other processes of the slot to go. */
interface MakingRoom {
  readonly phase: "making-room";
  readonly transition: Load;
  readonly instance: InstanceId;
  readonly way: "beside" | "after-unload";
  /** Whether all processes are gone, and only the device does not show their memory as free yet. */
  readonly awaitsRoom: boolean;
}

/** Its process gets ready to serve. */
export interface Preparing {
  readonly phase: "preparing";
  readonly transition: Load;
  readonly instance: InstanceId;
  readonly way: Way;
  readonly stage: "starting" | "loading" | "restoring" | "probing";
}

/** It failed before it was routed. It is over when its process is gone. */
export interface Failing {
  readonly phase: "failing";
  readonly transition: Load;
  readonly instance: InstanceId;
  readonly error: SyrinxError;
  /** Whether what served was ended to make room. */
  readonly hasUnloaded: boolean;
}

/** A share of the new utterances goes to it. */
export interface Canary {
  readonly phase: "canary";
  readonly transition: Load;
  readonly instance: InstanceId;
  readonly generation: number;
}

/** The canary gets no more utterances. It is over when its process is gone. */
interface TakingBack {
  readonly phase: "taking-back";
  readonly transition: Load;
  readonly instance: InstanceId;
  readonly error: SyrinxError;
  readonly by: RollbackCause;
}

/** It serves, and what it replaced finishes what it began. */
interface Replacing {
  readonly phase: "replacing";
  readonly transition: Load;
  readonly replaces: RunningGeneration;
}

/** What served finishes what it began; it is over when no process is left. */
interface Unloading {
  readonly phase: "unloading";
  readonly transition: Unload;
}

/** The swap that is under way. */
export type Swap = Admitting | MakingRoom | Preparing | Failing | Canary | TakingBack | Replacing | Unloading;

/** The replacement of a process that died. */
export type Recovery = Delayed | Admitting | Preparing;

export interface Generation {
  readonly number: number;
  readonly binding: Binding;
  /** Undefined while a process that died is being replaced, and while a recreate has nothing to serve with. */
  readonly instance: InstanceId | undefined;
}

export interface RunningGeneration extends Generation {
  readonly instance: InstanceId;
}

/** Why a slot has nothing loaded, though nothing is wrong. */
export type Unloaded = "request" | "idle" | "evicted" | "on-demand";

export interface SlotState {
  /** What new utterances are routed to. */
  readonly live: Generation | undefined;
  /** What served before, kept for an instant rollback. */
  readonly parked: RunningGeneration | undefined;
  /** Where a rollback leads: the newest other binding that served before the live one. */
  readonly previous: Binding | undefined;
  /** The live generation while it is watched, and the swap that brought it: errors roll it back. */
  readonly trial: { readonly swap: string; readonly generation: number } | undefined;
  readonly swap: Swap | undefined;
  /** What was requested and has not begun. */
  readonly waiting: readonly Transition[];
  /** It may run beside a swap. */
  readonly recovery: Recovery | undefined;
  /** Instances that finish what they began, and the id of the swap that waits for it. */
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

/** @returns which of both an instance is started for, if it does not serve yet */
export function ownerOf(
  { swap, recovery }: SlotState,
  instance: InstanceId,
): "swap" | "recovery" | undefined {
  if (swap && "instance" in swap && swap.instance === instance) return "swap";
  return recovery && "instance" in recovery && recovery.instance === instance ? "recovery" : undefined;
}

/** @returns the state in which a swap or a recovery has come so far */
export function withProgress(
  state: SlotState,
  owner: "swap" | "recovery",
  progress: Admitting | Preparing,
): SlotState {
  return owner === "swap" ? { ...state, swap: progress } : { ...state, recovery: progress };
}

/** @returns whether a load is under way, or waits */
export function isLoading({ swap, waiting }: SlotState): boolean {
  return [swap?.transition, ...waiting].some((one) => one?.kind === "load");
}

/** @returns whether another binding than the live one is on its way, or none: a swap that is not routed, or one that waits */
export function isChanging({ swap, waiting }: SlotState): boolean {
  const isRouted = swap?.phase === "replacing" || swap?.phase === "taking-back";
  return waiting.length > 0 || (swap !== undefined && !isRouted);
}
