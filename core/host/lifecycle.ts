/**
 * The life of a slot as a pure state machine: state and event give the next state and what is to be done. slot.ts does
 * it, and feeds what came of it back as events. Every decision that changes a slot is made here and nowhere else.
 *
 *     planned → starting → loading → restoring → probing → routed → draining → done
 *           any stage before routed fails → the live instance never stopped serving → failed
 *
 * What holds in every state (tests/unit/core/host/lifecycle-laws.test.ts runs it through random events):
 *  - one swap at a time; the others wait in order;
 *  - a generation's number only grows, and only when a new binding is routed;
 *  - an instance is asked to end at most once, and never while it is live;
 *  - every swap finishes exactly once.
 *
 * @module
 */
import type { SwapRecord, SwapStage } from "../../schemas/generated/swap.ts";
import { SyrinxError } from "../errors.ts";
import type { Binding } from "./binding.ts";
import { recentDeaths, restartDelay, WATCH_WINDOW_MS } from "./supervisor.ts";

/** Names an instance, unique in its slot. */
export type InstanceId = number;

/** A swap, or the replacement of a process that died: both go through the same stages. */
export interface Transition {
  readonly id: string;
  readonly binding: Binding;
  readonly reason: SwapRecord["reason"];
  readonly stage: SwapStage;
  readonly instance: InstanceId | undefined;
  /** Why it fails; it has failed once its process is gone. */
  readonly error?: SyrinxError;
}

export interface Generation {
  readonly number: number;
  readonly binding: Binding;
  /** Undefined while a process that died is being replaced. */
  readonly instance: InstanceId | undefined;
}

export interface SlotState {
  /** What new utterances are routed to. */
  readonly live: Generation | undefined;
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
  /** Why nothing serves, or why the last swap failed. */
  readonly error: SyrinxError | undefined;
  readonly removed: boolean;
}

export const EMPTY_SLOT: SlotState = {
  live: undefined,
  swap: undefined,
  waiting: [],
  recovery: undefined,
  draining: new Map(),
  ending: new Set(),
  lastGeneration: 0,
  lastInstance: 0,
  deaths: [],
  error: undefined,
  removed: false,
};

/** What a recovery needs to be planned. */
interface Mishap {
  error: SyrinxError;
  /** Wall clock, ms. */
  now: number;
  /** Id of the recovery, if one is planned. */
  recoveryId: string;
}

export type SlotEvent =
  | { type: "requested"; id: string; binding: Binding; reason: SwapRecord["reason"] }
  /** The stage that an instance was in has succeeded; `detail` is what is to be told of it. */
  | { type: "advanced"; instance: InstanceId; detail?: string }
  /** The stage that an instance was in has failed. */
  | ({ type: "failed"; instance: InstanceId } & Mishap)
  /** The process of an instance is gone, for whatever reason. */
  | ({ type: "exited"; instance: InstanceId } & Mishap)
  /** No utterance holds the instance any more, or its time is up. */
  | { type: "drained"; instance: InstanceId }
  /** The wait before a restart is over; `id` names the recovery. */
  | { type: "restart"; id: string }
  | { type: "removed"; error: SyrinxError };

export type SlotEffect =
  /** Write down that a transition has reached a stage; `detail` is why. */
  | { type: "record"; transition: Transition; generation?: number; detail?: string }
  /** Write down what came of the stage that a transition is in. */
  | { type: "annotate"; transition: Transition; detail: string }
  /** Start a process for the binding, then report `advanced` or `failed`. */
  | { type: "start"; instance: InstanceId; binding: Binding }
  | { type: "load"; instance: InstanceId }
  /** Hand the state of the live instance to this one, if there is any. */
  | { type: "restore"; instance: InstanceId }
  | { type: "probe"; instance: InstanceId }
  /** Serve new utterances, and those that wait, with this instance of this generation. */
  | { type: "route"; instance: InstanceId; generation: number; binding: Binding }
  /** Report `drained` when no utterance holds the instance any more. */
  | { type: "drain"; instance: InstanceId }
  | { type: "end"; instance: InstanceId }
  | { type: "finish"; transition: Transition; error?: SyrinxError }
  | { type: "restart-after"; id: string; ms: number }
  /** Nothing serves and nothing will by itself: fail what waits. */
  | { type: "give-up"; error: SyrinxError };

export interface Step {
  readonly state: SlotState;
  readonly effects: readonly SlotEffect[];
}

/** Works out what an event means for a slot. */
export function step(state: SlotState, event: SlotEvent): Step {
  switch (event.type) {
    case "requested":
      return requested(state, event);
    case "advanced":
      return advanced(state, event);
    case "failed":
      return failed(state, event.instance, event);
    case "exited":
      return exited(state, event.instance, event);
    case "drained":
      return drained(state, event.instance);
    case "restart":
      return state.recovery?.id === event.id && state.recovery.stage === "planned"
        ? begin(state, "recovery")
        : { state, effects: [] };
    case "removed":
      return removed(state, event.error);
  }
}

function requested(
  state: SlotState,
  { id, binding, reason }: Extract<SlotEvent, { type: "requested" }>,
): Step {
  const swap: Transition = { id, binding, reason, stage: "planned", instance: undefined };
  const record: SlotEffect = { type: "record", transition: swap };
  if (state.swap) return { state: { ...state, waiting: [...state.waiting, swap] }, effects: [record] };
  return after({ state: { ...state, swap }, effects: [record] }, (next) => begin(next, "swap"));
}

/** Gives a planned transition its instance. */
function begin(state: SlotState, which: "swap" | "recovery"): Step {
  const planned = state[which];
  if (!planned) return { state, effects: [] };
  const instance = state.lastInstance + 1;
  const transition: Transition = { ...planned, stage: "starting", instance };
  return {
    state: { ...state, [which]: transition, lastInstance: instance },
    effects: [
      { type: "record", transition },
      { type: "start", instance, binding: transition.binding },
    ],
  };
}

/** What follows the stages that every transition goes through, and what is done in it. */
const NEXT_STAGE = {
  starting: ["loading", "load"],
  loading: ["restoring", "restore"],
  restoring: ["probing", "probe"],
} as const;

function advanced(state: SlotState, { instance, detail }: Extract<SlotEvent, { type: "advanced" }>): Step {
  const which = state.swap?.instance === instance ? "swap" : "recovery";
  const before = state[which];
  if (before?.instance !== instance || before.error) return { state, effects: [] };
  switch (before.stage) {
    case "starting":
    case "loading":
    case "restoring": {
      const [stage, effect] = NEXT_STAGE[before.stage];
      const transition: Transition = { ...before, stage };
      return {
        state: { ...state, [which]: transition },
        effects: [
          ...(detail === undefined ? [] : [{ type: "annotate", transition: before, detail } as const]),
          { type: "record", transition },
          { type: effect, instance },
        ],
      };
    }
    case "probing":
      return which === "swap" ? routed(state, before, instance) : recovered(state, before, instance);
    default:
      return { state, effects: [] };
  }
}

function routed(state: SlotState, swap: Transition, instance: InstanceId): Step {
  const generation = state.lastGeneration + 1;
  const transition: Transition = { ...swap, stage: "routed" };
  const next: SlotState = {
    ...state,
    live: { number: generation, binding: swap.binding, instance },
    lastGeneration: generation,
    deaths: [],
    error: undefined,
  };
  const effects: SlotEffect[] = [
    { type: "record", transition, generation },
    { type: "route", instance, generation, binding: swap.binding },
  ];
  const dropped = dropRecovery(next);
  effects.push(...dropped.effects);
  const old = state.live?.instance;
  if (old === undefined)
    return after({ state: { ...dropped.state, swap: transition }, effects }, (s) => finishSwap(s, "done"));
  const draining: Transition = { ...transition, stage: "draining" };
  effects.push({ type: "record", transition: draining }, { type: "drain", instance: old });
  return {
    state: { ...dropped.state, swap: draining, draining: new Map(state.draining).set(old, swap.id) },
    effects,
  };
}

function recovered(state: SlotState, recovery: Transition, instance: InstanceId): Step {
  const { live } = state;
  if (!live) return { state, effects: [] };
  return {
    state: { ...state, live: { ...live, instance }, recovery: undefined, error: undefined },
    effects: [
      { type: "route", instance, generation: live.number, binding: live.binding },
      { type: "record", transition: { ...recovery, stage: "routed" }, generation: live.number },
      { type: "record", transition: { ...recovery, stage: "done" } },
      { type: "finish", transition: recovery },
    ],
  };
}

function failed(state: SlotState, instance: InstanceId, mishap: Mishap): Step {
  const { error } = mishap;
  if (state.swap?.instance === instance && isBeforeRouted(state.swap) && !state.swap.error) {
    return end({ ...state, swap: { ...state.swap, error }, error }, instance);
  }
  if (state.recovery?.instance === instance) {
    const transition: Transition = { ...state.recovery, stage: "failed" };
    const ended = end({ ...state, recovery: undefined, error }, instance);
    const effects: SlotEffect[] = [
      ...ended.effects,
      { type: "record", transition },
      { type: "finish", transition, error },
    ];
    return after({ state: ended.state, effects }, (next) => restart(next, mishap));
  }
  return { state, effects: [] };
}

function exited(state: SlotState, instance: InstanceId, mishap: Mishap): Step {
  if (state.live?.instance === instance) {
    return restart({ ...state, live: { ...state.live, instance: undefined }, error: mishap.error }, mishap);
  }
  const next = forget(state, instance);
  const swapOfDrained = state.draining.get(instance);
  if (next.swap && swapOfDrained === next.swap.id) return finishSwap(next, "done");
  if (next.swap?.instance === instance && next.swap.error) return swapFailed(next, next.swap.error);
  // A stage that is under way fails by itself when its process goes.
  return { state: next, effects: [] };
}

function swapFailed(state: SlotState, error: SyrinxError): Step {
  const finished = finishSwap(state, "failed", error);
  const { live, swap, recovery } = finished.state;
  // A live generation without an instance or a recovery is in a crash loop, and this swap was its last hope.
  const hopeless = live?.instance === undefined && !swap && !recovery;
  return hopeless ? { ...finished, effects: [...finished.effects, { type: "give-up", error }] } : finished;
}

/** Asks an instance to end, unless it was asked before. */
function end(state: SlotState, instance: InstanceId): Step {
  if (state.ending.has(instance)) return { state, effects: [] };
  return {
    state: { ...state, ending: new Set(state.ending).add(instance) },
    effects: [{ type: "end", instance }],
  };
}

function forget(state: SlotState, instance: InstanceId): SlotState {
  const [draining, ending] = [new Map(state.draining), new Set(state.ending)];
  draining.delete(instance);
  ending.delete(instance);
  return { ...state, draining, ending };
}

/** Plans the replacement of the live instance, unless it is in a crash loop. */
function restart(state: SlotState, { error, now, recoveryId }: Mishap): Step {
  const { live } = state;
  if (!live) return { state, effects: [] };
  const deaths = [...recentDeaths(state.deaths, now), now];
  const ms = restartDelay(deaths);
  if (ms === "crash-loop") {
    const window = WATCH_WINDOW_MS / 1000;
    const message = `The plugin died ${deaths.length} times in ${window} s and is not started again until it is reloaded. Last: ${error.message}`;
    const hopeless = new SyrinxError("slot-failed", message, { cause: error });
    return {
      state: { ...state, deaths, error: hopeless },
      effects: state.swap ? [] : [{ type: "give-up", error: hopeless }],
    };
  }
  const recovery: Transition = {
    id: recoveryId,
    binding: live.binding,
    reason: "recovery",
    stage: "planned",
    instance: undefined,
  };
  return {
    state: { ...state, deaths, recovery },
    effects: [
      { type: "record", transition: recovery, detail: error.message },
      { type: "restart-after", id: recoveryId, ms },
    ],
  };
}

function drained(state: SlotState, instance: InstanceId): Step {
  return state.draining.has(instance) ? end(state, instance) : { state, effects: [] };
}

function removed(state: SlotState, error: SyrinxError): Step {
  const waiting = state.waiting.map((transition): Transition => ({ ...transition, stage: "failed" }));
  const effects: SlotEffect[] = waiting.flatMap((transition) => [
    { type: "record", transition },
    { type: "finish", transition, error },
  ]);
  return [dropRecovery, dropSwap, drainLive].reduce<Step>(
    (step, part) => after(step, (next) => part(next, error)),
    {
      state: { ...state, removed: true, error, waiting: [] },
      effects,
    },
  );
}

/** A swap that was not routed ends with its slot. */
function dropSwap(state: SlotState, error: SyrinxError): Step {
  const { swap } = state;
  if (!swap || !isBeforeRouted(swap)) return { state, effects: [] };
  const transition: Transition = { ...swap, stage: "failed" };
  const ended = swap.instance === undefined ? { state, effects: [] } : end(state, swap.instance);
  const effects: SlotEffect[] = [
    ...ended.effects,
    { type: "record", transition },
    { type: "finish", transition, error },
  ];
  return { state: { ...ended.state, swap: undefined }, effects };
}

function drainLive(state: SlotState, error: SyrinxError): Step {
  const instance = state.live?.instance;
  const giveUp: SlotEffect = { type: "give-up", error };
  if (instance === undefined) return { state: { ...state, live: undefined }, effects: [giveUp] };
  const draining = new Map(state.draining).set(instance, undefined);
  return { state: { ...state, live: undefined, draining }, effects: [{ type: "drain", instance }, giveUp] };
}

function finishSwap(state: SlotState, stage: "done" | "failed", error?: SyrinxError): Step {
  if (!state.swap) return { state, effects: [] };
  const transition: Transition = { ...state.swap, stage };
  const [swap, ...waiting] = state.waiting;
  const done: Step = {
    state: { ...state, swap, waiting },
    effects: [
      { type: "record", transition },
      { type: "finish", transition, ...(error && { error }) },
    ],
  };
  return swap ? after(done, (s) => begin(s, "swap")) : done;
}

/** A recovery of a generation that is no longer live has no purpose. */
function dropRecovery(state: SlotState): Step {
  const { recovery } = state;
  if (!recovery) return { state, effects: [] };
  const transition: Transition = { ...recovery, stage: "failed" };
  const error = new SyrinxError(
    "cancelled",
    "The slot was given another binding, or was removed, before it came back",
  );
  const ended = recovery.instance === undefined ? { state, effects: [] } : end(state, recovery.instance);
  const effects: SlotEffect[] = [
    ...ended.effects,
    { type: "record", transition },
    { type: "finish", transition, error },
  ];
  return { state: { ...ended.state, recovery: undefined }, effects };
}

function isBeforeRouted({ stage }: Transition): boolean {
  return stage !== "routed" && stage !== "draining";
}

function after(first: Step, then: (state: SlotState) => Step): Step {
  const second = then(first.state);
  return { state: second.state, effects: [...first.effects, ...second.effects] };
}
