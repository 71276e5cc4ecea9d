/**
 * Delivers finished utterances to sinks.
 *
 * @module
 */
import { rm } from "node:fs/promises";
import type { SunkUtterance, WriteParams } from "../../schemas/generated/hooks.ts";
import type { Clock } from "../clock.ts";
import { asSyrinxError } from "../errors.ts";
import type { Logger } from "../log.ts";
import type { Lease } from "../slots/mod.ts";
import type { Spooled } from "./spool.ts";

/** Waits before each further attempt, in ms. After the last one the spool file stays on disk, and the log names it. */
const RETRY_WAITS_MS = [500, 2_000, 8_000, 30_000];
/** How long an attempt waits for a sink that is loading, in ms. */
const SINK_TIMEOUT_MS = 30_000;

/** A lease on a sink, for one utterance. */
interface SinkLease extends Pick<Lease, "settings" | "release"> {
  instance(): Promise<{
    /** @returns where the sink has put the utterance */
    write(params: WriteParams, audio: AsyncIterable<Uint8Array>): Promise<string>;
  }>;
}

/** Finds the slots of sinks. */
export interface SinkSlots {
  /** @throws SyrinxError slot-not-found */
  slot(name: string): {
    /** @throws SyrinxError as `Slot.acquire` does */
    acquire(timeoutMs: number): Promise<SinkLease>;
  };
}

export class SinkDelivery {
  readonly #pending = new Set<Promise<void>>();

  constructor(
    private readonly host: SinkSlots,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** Delivers an utterance in the background. Once the sink has it, the spool file is deleted. */
  deliver(slot: string, utterance: SunkUtterance, spooled: Spooled): void {
    const delivery = this.#deliver(slot, utterance, spooled).finally(() => this.#pending.delete(delivery));
    this.#pending.add(delivery);
  }

  /** Resolves when no delivery is under way. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async #deliver(slot: string, utterance: SunkUtterance, { path }: Spooled): Promise<void> {
    for (const wait of [0, ...RETRY_WAITS_MS]) {
      if (wait > 0) await new Promise<void>((done) => this.clock.after(wait, done));
      try {
        const location = await this.#write(slot, utterance, path);
        await rm(path, { force: true });
        this.log.info({ slot, utterance: utterance.id, location }, `kept as ${location}`);
        return;
      } catch (cause) {
        const { code, message } = asSyrinxError(cause);
        this.log.warn(
          { slot, utterance: utterance.id, code },
          `the sink did not take the utterance: ${message}`,
        );
        if (code === "slot-not-found" || code === "slot-removed") break;
      }
    }
    this.log.error(
      { slot, utterance: utterance.id, path },
      `the sink did not take it; the audio stays in ${path}`,
    );
  }

  async #write(slot: string, utterance: SunkUtterance, path: string): Promise<string> {
    const lease = await this.host.slot(slot).acquire(SINK_TIMEOUT_MS);
    try {
      const { settings } = lease;
      const params: WriteParams = { utterance, ...(settings && { settings }) };
      return await (await lease.instance()).write(params, Bun.file(path).stream());
    } finally {
      lease.release();
    }
  }
}
