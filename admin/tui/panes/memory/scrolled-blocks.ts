import type { Line } from "../../screen/mod.ts";
import type { Block } from "./device-block.ts";

/**
 * Scrolls as little as needed to show the whole block of the chosen line. Of a block that is higher than the screen it
 * shows the beginning, or the end if the last line is chosen.
 *
 * @param head lines above the first block
 * @returns so many rows of the blocks, one below the other
 */
export function scrolledBlocks(
  head: readonly Line[],
  blocks: readonly Block[],
  chosen: string | undefined,
  rows: number,
): readonly Line[] {
  const lines = [...head, ...blocks.flatMap((block, at) => (at === 0 ? block.lines : [[], ...block.lines]))];
  let first = head.length;
  for (const block of blocks) {
    const place = chosen === undefined ? undefined : block.places.get(chosen);
    if (place !== undefined) {
      const top = Math.max(0, topFor(block, first, place, rows));
      return lines.slice(top, top + rows);
    }
    first += block.lines.length + 1;
  }
  return lines.slice(0, rows);
}

/** @param first the line of all that the block begins at @param place the chosen line of the block */
function topFor({ lines, places }: Block, first: number, place: number, rows: number): number {
  const toEnd = first + lines.length - rows;
  if (lines.length <= rows) return toEnd;
  const isLast = place === Math.max(...places.values());
  return isLast ? Math.min(toEnd, first + place) : Math.max(first, first + place - rows + 1);
}
