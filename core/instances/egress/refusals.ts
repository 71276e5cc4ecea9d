import type { Clock } from "../../clock.ts";
import type { Report } from "../../journal/mod.ts";
import type { Logger } from "../../log.ts";

/** The same refusal is reported once in this time, in ms. */
const AGAIN_MS = 60_000;
/** How many different refusals of a slot are reported in that time. Without a limit a plugin could fill the journal. */
const MAX_TOLD = 20;

/** Reports refusals in the log and as events, at a limited rate. */
export class Refusals {
  /** By slot: the targets that were reported, and when, in ms of the monotonic clock. */
  readonly #told = new Map<string, Map<string, number>>();
  readonly #untold = new Map<string, number>();

  constructor(private readonly options: { clock: Clock; log: Logger; report: Report }) {}

  /**
   * Reports a refusal, or counts it if the limit is reached.
   *
   * @param target `host:port`
   */
  tell(slot: string, target: string, reason: string): void {
    const { clock, log, report } = this.options;
    const now = clock.monotonic();
    const told = this.#told.get(slot) ?? new Map<string, number>();
    this.#told.set(slot, told);
    for (const [known, at] of told) if (now - at >= AGAIN_MS) told.delete(known);
    const untold = this.#untold.get(slot) ?? 0;
    if (told.has(target) || told.size >= MAX_TOLD) {
      this.#untold.set(slot, untold + 1);
      return;
    }
    told.set(target, now);
    this.#untold.delete(slot);
    log.warn(
      { slot },
      `a connection of the plugin was refused: ${reason}${untold ? ` (${untold} more since)` : ""}`,
    );
    report({ kind: "refusal", slot, target, reason, untold });
  }

  /** Forgets a slot whose last instance has ended. */
  forget(slot: string): void {
    this.#told.delete(slot);
    this.#untold.delete(slot);
  }
}
