/**
 * The slots of the config sources: runs the process of each source, and listens to it.
 *
 * @module
 */
import type { SourceItem } from "../../schemas/generated/hooks.ts";
import type { FullSource, SourceRunner } from "../config/mod.ts";
import type { Host } from "../slots/mod.ts";
import type { HostSlots } from "./host-slots.ts";

/** How long to wait for a source to load, in ms: longer than any takes. */
const SOURCE_LOAD_MS = 3_600_000;

export class SourceSlots implements SourceRunner {
  #applying: Promise<void> = Promise.resolve();

  constructor(
    private readonly host: Host,
    private readonly slots: HostSlots,
  ) {}

  fill(name: string, after: FullSource): Promise<void> {
    return this.slots.fill([{ slot: slotOf(name), kind: "config-source", action: "add", after }]);
  }

  remove(name: string): Promise<void> {
    return this.host.remove(slotOf(name));
  }

  /**
   * Holds documents back until a config is applied or has failed. A source process that came up for a config that then failed
   * was started with settings that no config has, so its documents are dropped.
   */
  holdBack(applied: Promise<void>): void {
    this.#applying = applied.catch(() => {});
  }

  async *listen(name: string, signal: AbortSignal): AsyncGenerator<SourceItem> {
    let isReplaced = true;
    while (isReplaced && !signal.aborted) {
      const lease = await this.host.slot(slotOf(name)).acquire(SOURCE_LOAD_MS);
      try {
        const source = await lease.instance();
        for await (const item of source.watch(AbortSignal.any([signal, lease.replaced]))) {
          await this.#applying;
          if (lease.replaced.aborted) break;
          yield item;
        }
      } finally {
        lease.release();
      }
      isReplaced = lease.replaced.aborted;
    }
  }
}

function slotOf(source: string): string {
  return `sources.${source}`;
}
