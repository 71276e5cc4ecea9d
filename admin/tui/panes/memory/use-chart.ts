/**
 * The use of a device in the last minutes, as a chart.
 *
 * @module
 */
import { cells, type Glyphs, type Line, pad, tone } from "../../screen/mod.ts";
import { KEPT_SAMPLES_MS, type MemorySample } from "../../state/mod.ts";
import { axisFor } from "./axis.ts";

/** More points would be too much for a slow connection. */
const MAX_POINTS = 75;
/** After this time without a sample the use is not known, in ms. */
const SILENCE_MS = 10_000;

export interface ChartSize {
  readonly columns: number;
  /** Without the time axis. */
  readonly rows: number;
}

/** @returns the chart with its axes; empty if nothing is known of the device */
export function useChart(
  samples: readonly MemorySample[],
  id: string,
  now: number,
  { columns, rows }: ChartSize,
  glyphs: Glyphs,
): Line[] {
  const used = samples.flatMap(({ at, devices }) => {
    const device = devices.find((one) => one.id === id);
    return device && device.problem === undefined ? [{ at, ...device }] : [];
  });
  const last = used.at(-1);
  if (!last) return [];
  const axis = axisFor(
    used.map(({ usedBytes }) => usedBytes),
    last.totalBytes,
  );
  const labels = Array.from({ length: rows + 1 }, (_, row) =>
    row === 0 || row === rows || (row * 2 === rows && rows > 4)
      ? axis.label(axis.to - ((axis.to - axis.from) * row) / rows)
      : "",
  );
  const margin = Math.max(...labels.map(cells));
  const room = columns - margin - 1;
  const each = Math.ceil(room / MAX_POINTS);
  const points = pointsOf(used, now, Math.floor(room / each));
  const lines = Array.from({ length: rows }, (_, row): Line => {
    const cellsOfRow = points.map((bytes) =>
      (bytes === undefined
        ? " "
        : cellAt((bytes - axis.from) / (axis.to - axis.from), row, rows, glyphs)
      ).repeat(each),
    );
    return [
      tone("dim", `${pad(labels[row] ?? "", margin, "right")}${glyphs.vertical}`),
      tone("share-a", cellsOfRow.join("")),
    ];
  });
  return [...lines, timeAxis(labels[rows] ?? "", margin, points.length * each, glyphs)];
}

/**
 * Points are at whole multiples of their distance, so that the picture only moves when there is a new one.
 *
 * @returns the most that was used around each point, the oldest first; undefined where that is not known
 */
function pointsOf(
  used: readonly { at: number; usedBytes: number }[],
  now: number,
  count: number,
): (number | undefined)[] {
  const eachMs = KEPT_SAMPLES_MS / count;
  const newest = Math.floor(now / eachMs);
  return Array.from({ length: count }, (_, index) => {
    const from = (newest - count + 1 + index) * eachMs;
    const inside = used.filter(({ at }) => at >= from && at < from + eachMs);
    if (inside.length > 0) return Math.max(...inside.map(({ usedBytes }) => usedBytes));
    const before = used.findLast(({ at }) => at < from);
    return before && before.at > from - SILENCE_MS ? before.usedBytes : undefined;
  });
}

/** @param height of the point in the chart, from 0 to 1 @returns what of the column below it lies in that row */
function cellAt(height: number, row: number, rows: number, { heights }: Glyphs): string {
  const levels = rows * heights.length;
  const level = Math.min(levels - 1, Math.max(0, Math.round(height * levels)));
  const beneath = (rows - 1 - row) * heights.length;
  return heights[Math.min(level - beneath, heights.length - 1)] ?? " ";
}

function timeAxis(label: string, margin: number, width: number, { horizontal, corners }: Glyphs): Line {
  const [from, to] = ["5 min ago ", " now"];
  const between = horizontal.repeat(Math.max(0, width - from.length - to.length));
  return [tone("dim", `${pad(label, margin, "right")}${corners[2]}${from}${between}${to}`)];
}
