/**
 * An engine of which something is known, at a moment that stays.
 *
 * @module
 */
import {
  type EngineState,
  nothingKnown,
  type Resource,
  type Resources,
} from "../../../../../admin/tui/state/mod.ts";
import type { EngineEvent } from "../../../../../schemas/generated/event.ts";
import type { SwapRecord } from "../../../../../schemas/generated/swap.ts";

/** 2026-01-02 03:04:05, where the test runs; in ms since 1970. */
export const NOW = new Date(2026, 0, 2, 3, 4, 5).getTime();

/** What is known: of each resource what a test needs. */
export type Known = { readonly [R in Resource]?: Partial<Resources[R]> };

/** @returns RFC 3339, so many ms before now */
export function ago(ms: number): string {
  return new Date(NOW - ms).toISOString();
}

/** @returns an engine that answers, of which this is known */
export function engineKnowing(known: Known = {}, more: Partial<EngineState> = {}): EngineState {
  const entries = Object.entries(known).map(([resource, value]) => [resource, { value, at: NOW }]);
  return {
    ...nothingKnown("http://engine", NOW),
    connection: { state: "connected", since: NOW },
    known: Object.fromEntries(entries),
    ...more,
  };
}

/** @returns what the engine tells of a swap at each of its stages */
export function swapEvent(swap: SwapRecord): EngineEvent {
  return { id: 1, at: swap.startedAt, kind: "swap", slot: swap.slot, swap };
}
