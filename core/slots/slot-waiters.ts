/**
 * Gives leases to those who want a slot: at once while it serves, after a wait while it loads. Loads it if necessary.
 *
 * @module
 */
import { type Clock, withDeadline } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import type { Lease } from "./generation.ts";
import type { Generations } from "./generations.ts";
import type { LoadPolicyWatch } from "./load-policy.ts";
import type { SlotStateMachine } from "./slot-environment.ts";
import { stateOf } from "./slot-view.ts";

export interface SlotWaitersOptions {
  slot: string;
  clock: Clock;
  machine: SlotStateMachine;
  generations: Generations;
  policy: LoadPolicyWatch;
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
   * Waits for a lease. If the slot is unloaded, this asks once to have it loaded.
   *
   * @param timeoutMs how long to wait for a slot that is loading, in ms
   * @throws SyrinxError slot-loading after the wait; slot-failed or slot-unloaded at once
   */
  async acquire(timeoutMs: number): Promise<Lease> {
    const { slot, clock, machine, generations, policy } = this.options;
    const deadline = clock.monotonic() + timeoutMs;
    let demanded = false;
    for (;;) {
      // Taken before the demand: the load may have failed by the time that the demand returns.
      const next = this.#next.promise;
      const now = stateOf(machine.state);
      const lease = now === "ready" ? generations.lease() : undefined;
      if (lease) return lease;
      if (now === "failed" || now === "stopped") throw this.unavailable();
      if (now === "unloaded") {
        if (demanded && machine.state.error) throw this.unavailable();
        policy.demand(machine.state);
        demanded = true;
      }
      const late = () =>
        new SyrinxError(
          "slot-loading",
          `Slot ${slot} is ${stateOf(machine.state)} and was not ready within ${timeoutMs} ms`,
          { retryAfter: 5 },
        );
      await withDeadline(clock, next, Math.max(0, deadline - clock.monotonic()), late);
    }
  }

  /** @returns the error for those who want the slot while nothing serves */
  unavailable(): SyrinxError {
    const { slot, machine } = this.options;
    const { error } = machine.state;
    if (error?.code === "slot-removed") return error;
    const why = error ? `: ${error.message}` : "";
    return new SyrinxError("slot-failed", `Slot ${slot} is ${stateOf(machine.state)}${why}`, {
      cause: error,
      retryAfter: 30,
    });
  }
}
