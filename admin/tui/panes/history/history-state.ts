import type { Cursor } from "../../screen/mod.ts";
import type { BegunSwaps } from "../swaps/begun-swaps.ts";

export interface HistoryState extends BegunSwaps {
  readonly cursor: Cursor;
  /** The page of older swaps that was requested last, and when, in ms since 1970. */
  readonly asked?: { readonly before: string; readonly at: number };
}
