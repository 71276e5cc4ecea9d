/**
 * Those who want a slot: they are let in while it serves, wait while it loads, and have it loaded if that may be.
 *
 * @module
 */
import type { SlotView } from "../../schemas/generated/api.ts";
import { type Clock, withDeadline } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import type { Lease } from "./generation.ts";

export interface SlotWaitersOptions {
  slot: string;
  clock: Clock;
  state(): SlotView["state"];
  /** @returns why nothing serves, or why the last swap failed */
  error(): SyrinxError | undefined;
  /** @returns the right to what serves; undefined if nothing does */
  lease(): Lease | undefined;
  /**
   * Has it loaded.
   *
   * @throws SyrinxError slot-unloaded: it stays as it is
   */
  demand(): void;
}

export class SlotWaiters {
  #next = Promise.withResolvers<void>();

  constructor(private readonly options: SlotWaitersOptions) {}

  /** The slot is in another state: those who wait look again. */
  wake(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }

  /**
   * Waits for a lease. A slot that is unloaded is demanded, once.
   *
   * @param timeoutMs how long to wait for a slot that is loading, in ms
   * @throws SyrinxError slot-loading after the wait; slot-failed or slot-unloaded at once
   */
  async acquire(timeoutMs: number): Promise<Lease> {
    const { slot, clock, state, error, lease, demand } = this.options;
    const deadline = clock.monotonic() + timeoutMs;
    let demanded = false;
    for (;;) {
      // Asked for first: what is demanded may have failed before the demand returns.
      const next = this.#next.promise;
      const now = state();
      const held = now === "ready" ? lease() : undefined;
      if (held) return held;
      if (now === "failed" || now === "stopped") throw this.unavailable();
      if (now === "unloaded") {
        if (demanded && error()) throw this.unavailable();
        demand();
        demanded = true;
      }
      const late = () =>
        new SyrinxError(
          "slot-loading",
          `Slot ${slot} is ${state()} and was not ready within ${timeoutMs} ms`,
          { retryAfter: 5 },
        );
      await withDeadline(clock, next, Math.max(0, deadline - clock.monotonic()), late);
    }
  }

  /** @returns what those are told who want the slot while nothing serves */
  unavailable(): SyrinxError {
    const { slot, state } = this.options;
    const error = this.options.error();
    if (error?.code === "slot-removed") return error;
    const why = error ? `: ${error.message}` : "";
    return new SyrinxError("slot-failed", `Slot ${slot} is ${state()}${why}`, {
      cause: error,
      retryAfter: 30,
    });
  }
}
