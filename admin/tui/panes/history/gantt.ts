/**
 * The stages of a swap, one below the other along a common time.
 *
 * @module
 */

import { tookText } from "../../../client/mod.ts";
import { cells, type Glyphs, type Line, pad, type Span, tone, wrap } from "../../screen/mod.ts";
import type { Swap } from "./timeline.ts";

/** Cells of a time, such as `12.34 s`. */
const TIME = 9;
/** Narrower than this there is no chart. */
const MIN_BAR = 8;

/**
 * @param columns that a line has
 * @returns a line of headings, then a row a stage: when it began, a bar, how long it took; below it the details
 */
export function ganttLines(swap: Swap, columns: number, glyphs: Glyphs, now: number): Line[] {
  const { stages, endedAt, startedAt } = swap;
  const isOver = endedAt !== undefined;
  const last = stages.at(-1)?.elapsedMs ?? 0;
  const endMs = isOver ? last : Math.max(last, now - Date.parse(startedAt));
  const names = Math.max(...["STAGE", ...stages.map(({ stage }) => `  ${stage}`)].map(cells));
  const room = columns - names - 2 * TIME - 2;
  const head = `${pad("STAGE", names)}${pad("AFTER", TIME, "right")}  `;
  return [
    [tone("dim", `${head}${" ".repeat(Math.max(0, room))}${pad("TOOK", TIME, "right")}`)],
    ...stages.flatMap(({ stage, elapsedMs, detail }, index): Line[] => {
      const isEnd = isOver && index === stages.length - 1;
      const isNow = !isOver && index === stages.length - 1;
      const tookMs = (stages[index + 1]?.elapsedMs ?? endMs) - elapsedMs;
      const sign = isEnd ? (stage === "done" ? glyphs.good : glyphs.bad) : isNow ? glyphs.busy : " ";
      const meaning = isEnd ? (stage === "done" ? "good" : "bad") : isNow ? "warn" : "plain";
      const bar =
        room < MIN_BAR
          ? [" ".repeat(Math.max(0, room))]
          : barOf(elapsedMs, isEnd ? 0 : tookMs, endMs, room, glyphs, isNow);
      const line: Line = [
        tone(meaning, pad(`${sign} ${stage}`, names)),
        pad(tookText(elapsedMs), TIME, "right"),
        "  ",
        ...bar,
        pad(isEnd ? "" : tookText(tookMs), TIME, "right"),
      ];
      const margin = "  ".length + names;
      const told = detail === undefined ? [] : wrap(detail, columns - margin);
      return [line, ...told.map((row): Line => [" ".repeat(margin), tone("dim", row)])];
    }),
  ];
}

/** @returns a bar at its position in the whole time, in `room` cells; a mark for what took no time */
function barOf(
  fromMs: number,
  tookMs: number,
  wholeMs: number,
  room: number,
  { used, reserved, vertical }: Glyphs,
  isNow: boolean,
): Span[] {
  const cellOf = (ms: number) => (wholeMs === 0 ? 0 : Math.round((ms / wholeMs) * room));
  const from = Math.min(cellOf(fromMs), room - 1);
  const length = Math.min(room - from, Math.max(1, cellOf(fromMs + tookMs) - from));
  const bar = tookMs > 0 ? (isNow ? reserved : used).repeat(length) : vertical;
  const after = Math.max(0, room - from - (tookMs > 0 ? length : 1));
  return [
    { text: " ".repeat(from), tone: "plain" },
    tookMs > 0 ? tone(isNow ? "warn" : "share-a", bar) : tone("dim", bar),
    { text: " ".repeat(after), tone: "plain" },
  ];
}
