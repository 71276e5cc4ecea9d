/** The y axis of a chart of sizes. */
export interface Axis {
  /** In bytes. */
  readonly from: number;
  readonly to: number;
  /** @returns a size as far as the axis tells it apart from its neighbours, e.g. 12.5 GB; empty if it is no round one */
  label(bytes: number): string;
}

/** Least share of the device that the axis spans, so that small changes do not look large. */
const MIN_SPAN = 0.1;
const STEPS = 4;

/** @returns an axis on which the values fill a good part of the height, and that begins and ends at round sizes */
export function axisFor(values: readonly number[], totalBytes: number): Axis {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(most - least, totalBytes * MIN_SPAN);
  const step = roundStep(span / STEPS);
  const middle = (least + most) / 2;
  const from = Math.max(0, Math.floor(Math.min(least, middle - span / 2) / step) * step);
  const to = Math.ceil(Math.max(most, from + span) / step) * step;
  const isRound = (bytes: number) => Math.abs(bytes / step - Math.round(bytes / step)) < 1e-6;
  return { from, to, label: (bytes) => (isRound(bytes) ? sizeText(bytes, step, to) : "") };
}

/** @returns 1, 2 or 5 times a power of ten, no less than `wanted` */
function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, wanted)));
  return ([1, 2, 5].find((factor) => factor * power >= wanted) ?? 10) * power;
}

function sizeText(bytes: number, step: number, largest: number): string {
  const [unit, size] = largest >= 1e9 ? ["GB", 1e9] : (["MB", 1e6] as const);
  const decimals = Math.max(0, Math.ceil(-Math.log10(step / size)));
  return `${(bytes / size).toFixed(bytes === 0 ? 0 : decimals)} ${unit}`;
}
