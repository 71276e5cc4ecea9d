/**
 * What a slot is given: what all slots share, and what the config says.
 *
 * @module
 */
import type { RollbackCause, Strategy } from "../../schemas/generated/swap.ts";
import type { Devices } from "../devices/mod.ts";
import type { InstanceEnvironment, PluginInstance, StateGiver, startInstance } from "../instances/mod.ts";
import type { Report } from "../journal/mod.ts";
import type { Binding } from "../releases/mod.ts";
import type { Admission } from "./admission.ts";
import type { SlotEvent, SlotState, Turn } from "./lifecycle/mod.ts";
import type { Keeping, SwapLog } from "./swap-log.ts";
import type { TrialRules } from "./trial.ts";

/** What the config says about every swap. */
export interface SwapRules {
  /** How long a replaced instance may finish what it began, in ms. */
  drainTimeoutMs: number;
  /** How long it is kept after that for an instant rollback, in ms; 0: not at all. */
  parkForMs: number;
  /** From one look at the memory of an instance to the next, in ms. */
  memoryIntervalMs: number;
  watch: TrialRules;
  canary: CanaryRules;
}

/** Rules for the time before a config is read. Only config sources are swapped then. */
export const FIRST_RULES: SwapRules = {
  drainTimeoutMs: 0,
  parkForMs: 0,
  memoryIntervalMs: 5_000,
  watch: { windowMs: 0, minRequests: 1, maxErrorRate: 1 },
  canary: { percent: 0, windowMs: 0, minRequests: 1, maxErrorRate: 1 },
};

export interface CanaryRules extends TrialRules {
  /** Share of the new utterances, 0 to 100. */
  percent: number;
}

/** When a slot is loaded and unloaded, and how much memory it may take. */
export interface LoadPolicy {
  /** Whether it is loaded at once, or at the first request. */
  load: "eager" | "on-demand";
  /** Unloaded after so long without a request, in ms; 0: never. */
  idleUnloadMs: number;
  /** A process that uses more is replaced, in bytes; undefined: the budget of the host's memory. */
  memoryLimitBytes: number | undefined;
}

/** The load policy of a slot for which the config says nothing. */
export const EAGER: LoadPolicy = { load: "eager", idleUnloadMs: 0, memoryLimitBytes: undefined };

/** How a swap is to be done. */
export interface SwapManner {
  strategy?: Strategy;
  /** What differs from the rules of the config. */
  canary?: Partial<CanaryRules>;
  /** What gives the new instance its state, instead of the one that serves. */
  state?: StateGiver;
  /** Who asks for it; undefined: the engine or the config. */
  actor?: string;
  /** What asks for it, if it is a rollback. Default: a user. */
  rolledBackBy?: RollbackCause;
  /** Whether the config is to have the binding; undefined: nobody has chosen it. */
  keeping?: Keeping;
  /** Its turn among those that wait; undefined: after them. */
  turn?: Turn;
}

/** A binding that serves because somebody chose it, or because another one was rolled back; the config had no part in it. */
export interface SlotChoice {
  readonly slot: string;
  /** Id of the swap. */
  readonly swap: string;
  readonly binding: Binding;
  /** For a rollback: what it left. */
  readonly left?: Binding;
  /** undefined: it was rolled back by itself. */
  readonly actor: string | undefined;
  readonly keeping: Keeping | undefined;
}

/** Starts a process for a binding, as {@linkcode startInstance} does. */
export type StartInstance = (...about: Parameters<typeof startInstance>) => Promise<PluginInstance>;

/** The state machine of a slot, as the parts of the slot see it. */
export interface SlotStateMachine {
  readonly state: SlotState;
  /** Tells the machine what happened. */
  report(event: SlotEvent): void;
}

/** What every slot of an engine shares. */
export interface SlotEnvironment extends InstanceEnvironment {
  startInstance: StartInstance;
  devices: Devices;
  swaps: SwapLog;
  report: Report;
  admission: Admission;
  rules: SwapRules;
  /** Called when somebody wants a slot that is not loaded. It has the slot loaded. */
  demand(slot: string): void;
  /** Called when a choice serves, with the slot's `wanted` set to it. */
  chosen(choice: SlotChoice): void;
}
