import { AT_TOP, type Cursor } from "../../screen/mod.ts";

export interface SlotsState {
  readonly cursor: Cursor;
  /** Ids of swaps that were asked for here, and of whose end nothing was told yet. */
  readonly begun: readonly string[];
}

export const AT_FIRST: SlotsState = { cursor: AT_TOP, begun: [] };
