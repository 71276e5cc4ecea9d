/**
 * What a soak holds the engine to.
 *
 * @module
 */
import type { SoakResult } from "./soak.ts";

/** Most by which the core may have grown at rest since the warm-up, in MB. */
const MAX_GROWTH_MB = 10;

/** @returns how much the core has grown since the warm-up, in MB; undefined if its memory was not taken */
export function growthMb({ memoryMb }: SoakResult): number | undefined {
  const [first, last] = [memoryMb[0], memoryMb.at(-1)];
  return first && last && last !== first ? last.mb - first.mb : undefined;
}

/** @returns the promises that were broken, a sentence each */
export function brokenPromises(result: SoakResult): string[] {
  const { swaps, failures, mixed, leftProcesses } = result;
  const broken: string[] = [];
  const unfinished = swaps.filter(({ stage }) => stage !== "done");
  if (unfinished.length > 0) {
    const [{ stage, error }] = unfinished as [SoakResult["swaps"][number]];
    broken.push(`${unfinished.length} swaps were not done; the first is ${stage}: ${error?.message}`);
  }
  if (failures.length > 0) broken.push(`${failures.length} requests failed; the first: ${failures[0]}`);
  if (mixed > 0) broken.push(`${mixed} utterances were not as their generation speaks them`);
  if (leftProcesses > 0) broken.push(`${leftProcesses} processes were left`);
  const growth = growthMb(result) ?? 0;
  if (growth > MAX_GROWTH_MB)
    broken.push(`the core has grown by ${growth.toFixed(1)} MB: ${MAX_GROWTH_MB} MB are allowed`);
  return broken;
}
