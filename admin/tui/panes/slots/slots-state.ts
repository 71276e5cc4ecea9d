import { AT_TOP, type Cursor } from "../../screen/mod.ts";
import type { Change, Effect } from "../pane.ts";
import type { BegunSwaps } from "../swaps/begun-swaps.ts";

export interface SlotsState extends BegunSwaps {
  readonly cursor: Cursor;
}

export type SlotsEffect = Effect<Change<SlotsState>>;

export const AT_FIRST: SlotsState = { cursor: AT_TOP, begun: [] };
