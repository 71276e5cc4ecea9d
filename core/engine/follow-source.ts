import type { SourceItem } from "../../schemas/generated/hooks.ts";
import type { Host } from "../slots/mod.ts";

/** Longer than any config source takes to come up, in ms. */
const SOURCE_LOAD_MS = 3_600_000;

/**
 * Listens to a config source: to its present instance, and to each that takes its place. What one says that came up for a
 * config that then failed is not told: it speaks for settings that nobody has.
 *
 * @param settled resolves when the config that is being applied is in force, or is not
 */
export async function* followSource(
  host: Host,
  slot: string,
  settled: () => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<SourceItem> {
  let isReplaced = true;
  while (isReplaced && !signal.aborted) {
    const lease = await host.acquire(slot, SOURCE_LOAD_MS);
    try {
      const source = await lease.instance();
      for await (const item of source.watch(AbortSignal.any([signal, lease.replaced]))) {
        await settled();
        if (lease.replaced.aborted) break;
        yield item;
      }
    } finally {
      lease.release();
    }
    isReplaced = lease.replaced.aborted;
  }
}
