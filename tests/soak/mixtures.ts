import type { SwapRecord } from "../../schemas/generated/swap.ts";
import type { Heard } from "../support/speech-load.ts";

/**
 * Sets what was heard against all that was heard of the same binding, in whatever generation: without noise, a binding
 * gives the same bytes for the same request.
 *
 * @param swaps those that routed the generations; one before the first of them stands for itself
 * @returns how many utterances were not as most of their binding
 */
export function mixtures(heard: readonly Heard[], swaps: readonly SwapRecord[]): number {
  const bindings = new Map(swaps.map(({ generation, to }) => [generation, JSON.stringify(to)]));
  const byBinding = new Map<string, Map<string, number>>();
  for (const { generation, request, hashes } of heard) {
    const key = `${bindings.get(generation) ?? `generation ${generation}`} ${request}`;
    const sum = byBinding.get(key) ?? new Map<string, number>();
    byBinding.set(key, sum);
    for (const [hash, times] of hashes) sum.set(hash, (sum.get(hash) ?? 0) + times);
  }
  let mixed = 0;
  for (const sum of byBinding.values()) {
    const times = [...sum.values()];
    mixed += times.reduce((a, b) => a + b, 0) - Math.max(...times);
  }
  return mixed;
}
