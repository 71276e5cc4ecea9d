/**
 * What is known of the engine: the last answer to each request, and what has happened since. Pure.
 *
 * @module
 */
import type { MemoryView, SlotView, SwapList } from "../../../schemas/generated/api.ts";
import type { EngineEvent, SlotEvent } from "../../../schemas/generated/event.ts";
import type { SwapRecord } from "../../../schemas/generated/swap.ts";
import type { Connection, EngineError, Outcome } from "../../client/mod.ts";
import type { Resource, Resources } from "./resources.ts";

/** An answer and when it came, in ms since 1970. */
export interface Known<T> {
  readonly value: T;
  readonly at: number;
}

/** Whether the engine is heard, and since when, in ms since 1970. */
export type ConnectionState =
  | { readonly state: "connecting" | "connected"; readonly since: number }
  | { readonly state: "lost"; readonly since: number; readonly retryAt: number; readonly error: EngineError };

/** What the devices held at one moment. */
export interface MemorySample {
  /** In ms since 1970. */
  readonly at: number;
  readonly devices: MemoryView["devices"];
}

export interface EngineState {
  readonly url: string;
  readonly connection: ConnectionState;
  readonly known: { readonly [R in Resource]?: Known<Resources[R]> };
  /** Why the newest request failed. The answer before it stays. */
  readonly problems: { readonly [R in Resource]?: EngineError };
  /** Of the last minutes, the oldest first. */
  readonly samples: readonly MemorySample[];
  /** The oldest first. */
  readonly events: readonly EngineEvent[];
  /** How many events came since the start. Only the newest are kept. */
  readonly eventCount: number;
}

/** Limits, so that a screen that is open for weeks does not grow. */
export const KEPT_EVENTS = 2_000;
export const KEPT_SAMPLES_MS = 5 * 60_000;
const KEPT_SWAPS = 1_000;

export function nothingKnown(url: string, now: number): EngineState {
  return {
    url,
    connection: { state: "connecting", since: now },
    known: {},
    problems: {},
    samples: [],
    events: [],
    eventCount: 0,
  };
}

/** @returns what is known after news of the connection */
export function withConnection(state: EngineState, connection: Connection, now: number): EngineState {
  const before = state.connection;
  // A new attempt does not hide for how long the engine has been away.
  if (connection.state === "connecting" && before.state === "lost") return state;
  const since = before.state === connection.state ? before.since : now;
  if (connection.state !== "lost") return { ...state, connection: { ...connection, since } };
  const { error, retryMs } = connection;
  return { ...state, connection: { state: "lost", since, error, retryAt: now + retryMs } };
}

/** @returns what is known after an answer, or after there was none */
export function withAnswer<R extends Resource>(
  state: EngineState,
  resource: R,
  outcome: Outcome<Resources[R]>,
  now: number,
): EngineState {
  if (!outcome.ok) return { ...state, problems: { ...state.problems, [resource]: outcome.error } };
  const { [resource]: _, ...problems } = state.problems;
  const value = resource === "swaps" ? withOlder(state, outcome.value as SwapList) : outcome.value;
  const known = { ...state.known, [resource]: { value, at: now } };
  const samples =
    resource === "memory" ? withSample(state.samples, outcome.value as MemoryView, now) : state.samples;
  return { ...state, known, problems: problems as EngineState["problems"], samples };
}

/** @returns what is known after events, the oldest first */
export function withEvents(state: EngineState, events: readonly EngineEvent[]): EngineState {
  const all = [...state.events, ...events];
  const kept = all.slice(Math.max(all.findLastIndex(isOfAnotherHome), all.length - KEPT_EVENTS, 0));
  const told = { ...state, events: kept, eventCount: state.eventCount + events.length };
  return events.reduce(withEvent, told);
}

/** Whether another engine answers at the address now. It counts its events from the beginning. */
function isOfAnotherHome(event: EngineEvent): boolean {
  return event.kind === "gap" && event.id < event.after;
}

/** @returns which answers an event has made old */
export function staleAfter(event: EngineEvent): readonly Resource[] {
  switch (event.kind) {
    case "swap":
      return event.swap.endedAt === undefined ? ["slots"] : ["slots", "voices"];
    case "slot":
      return ["slots"];
    case "config":
      return ["config", "versions", "snapshots", "status", "slots", "plugins"];
    case "gap":
      return ["status", "slots", "swaps", "config", "versions", "snapshots", "plugins", "models"];
    case "refusal":
      return [];
  }
}

/** @returns the state with a page of older swaps added to those that are known */
export function withOlderSwaps(state: EngineState, page: SwapList): EngineState {
  const known = state.known.swaps;
  if (!known) return state;
  const have = new Set(known.value.swaps.map(({ id }) => id));
  const swaps = [...known.value.swaps, ...page.swaps.filter(({ id }) => !have.has(id))].slice(0, KEPT_SWAPS);
  const before = swaps.length < KEPT_SWAPS ? page.before : undefined;
  const value = { swaps, ...(before !== undefined && { before }) };
  return { ...state, known: { ...state.known, swaps: { ...known, value } } };
}

function withEvent(state: EngineState, event: EngineEvent): EngineState {
  if (event.kind === "swap") return withSwap(withSlot(state, event.slot, swapped(event.swap)), event.swap);
  if (event.kind === "slot") return withSlot(state, event.slot, changed(event));
  return state;
}

function withSwap(state: EngineState, swap: SwapRecord): EngineState {
  const known = state.known.swaps;
  if (!known) return state;
  const { swaps, before } = known.value;
  const isKnown = swaps.some(({ id }) => id === swap.id);
  const next = isKnown
    ? swaps.map((one) => (one.id === swap.id ? further(one, swap) : one))
    : [swap, ...swaps];
  const value = { swaps: next.slice(0, KEPT_SWAPS), ...(before !== undefined && { before }) };
  return { ...state, known: { ...state.known, swaps: { ...known, value } } };
}

function withSlot(state: EngineState, slot: string, change: (slot: SlotView) => SlotView): EngineState {
  const known = state.known.slots;
  if (!known) return state;
  const slots = known.value.slots.map((one) => (one.slot === slot ? change(one) : one));
  return { ...state, known: { ...state.known, slots: { ...known, value: { slots } } } };
}

/** What an event says about a slot. The rest is requested again. */
function changed({ state, generation, error }: SlotEvent): (slot: SlotView) => SlotView {
  return ({ error: _, ...rest }) => ({ ...rest, state, generation, ...(error && { error }) });
}

/** What a stage of a swap says about its slot: whether the swap is under way, and what serves now. */
function swapped({ id, stage, from, to, endedAt }: SwapRecord): (slot: SlotView) => SlotView {
  return ({ swap: before, ...rest }) => {
    const another = before === id ? undefined : before;
    const swap = endedAt === undefined ? id : another;
    return { ...rest, ...servingAt(stage, from, to), ...(swap !== undefined && { swap }) };
  };
}

/** @returns what serves once a swap is at that stage; nothing if it changes nothing */
function servingAt(
  stage: SwapRecord["stage"],
  from: SwapRecord["from"],
  to: SwapRecord["to"],
): Partial<SlotView> {
  if (stage === "routed" || stage === "done") return { running: to };
  return stage === "rolled-back" ? { running: from } : {};
}

/** Merges a new first page of swaps. Older swaps stay, and so do newer facts from events. */
function withOlder(state: EngineState, page: SwapList): SwapList {
  const before = state.known.swaps?.value;
  const indexOf = (swap: SwapRecord | undefined) =>
    before?.swaps.findIndex(({ id }) => id === swap?.id) ?? -1;
  const last = indexOf(page.swaps.at(-1));
  if (!before || last < 0) return page;
  const known = new Map(before.swaps.map((swap) => [swap.id, swap]));
  const swaps = page.swaps.map((swap) => further(known.get(swap.id) ?? swap, swap));
  const newer = before.swaps.slice(0, Math.max(0, indexOf(page.swaps[0])));
  return { ...before, swaps: [...newer, ...swaps, ...before.swaps.slice(last + 1)] };
}

/** @returns the newer of two records of one swap: an answer may be older than an event that came before it */
function further(one: SwapRecord, other: SwapRecord): SwapRecord {
  return one.stages.length > other.stages.length ? one : other;
}

function withSample(
  samples: readonly MemorySample[],
  { devices }: MemoryView,
  now: number,
): readonly MemorySample[] {
  return [...samples.filter(({ at }) => at > now - KEPT_SAMPLES_MS), { at: now, devices }];
}
