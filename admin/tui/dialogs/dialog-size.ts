import type { Size } from "../screen/mod.ts";

/** Cells that the frame and its margins take, and rows. */
const FRAME_COLUMNS = 4;
const FRAME_ROWS = 2;
/** A longer line is hard to read. */
const WIDEST = 100;
/** Rows around a dialog that leave the header and the footer in sight. */
const AROUND_ROWS = 4;

/** @returns how many cells a line of a dialog has on a screen of that size */
export function dialogColumns({ columns }: Size): number {
  return Math.min(WIDEST, columns - FRAME_COLUMNS - 2);
}

/** @returns how many rows there are within the frame of a dialog */
export function dialogRows({ rows }: Size): number {
  return Math.max(1, rows - AROUND_ROWS - FRAME_ROWS);
}
