import type { Cursor } from "../../screen/mod.ts";

export interface HistoryState {
  readonly cursor: Cursor;
  /** Ids of swaps that were asked for here, and of whose end nothing was said yet. */
  readonly begun: readonly string[];
  /** The page of older swaps that was asked for last, and when, in ms since 1970. */
  readonly asked?: { readonly before: string; readonly at: number };
}
