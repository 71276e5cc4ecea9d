import type { ConfigChange } from "../../../schemas/generated/api.ts";
import { NO_PAINT, type Paint } from "./paint.ts";

/** @returns a line for each value that differs: `+` it is new, `-` it is gone, `~` it is another */
export function changeLines(changes: readonly ConfigChange[], paint: Paint = NO_PAINT): string[] {
  const width = Math.max(0, ...changes.map(({ pointer }) => pointer.length));
  return changes.map(({ pointer, from, to }) => {
    const name = pointer.padEnd(width);
    if (from === undefined) return paint.added(`+ ${name}  ${JSON.stringify(to)}`);
    if (to === undefined) return paint.removed(`- ${name}  ${JSON.stringify(from)}`);
    return paint.changed(`~ ${name}  ${JSON.stringify(from)} -> ${JSON.stringify(to)}`);
  });
}
