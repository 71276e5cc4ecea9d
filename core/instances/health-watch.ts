/**
 * Finds processes that live and do nothing, e.g. stopped by a signal or caught in a loop.
 *
 * @module
 */
import type { Clock, Timer } from "../clock.ts";
import { asSyrinxError } from "../errors.ts";
import type { Instance, Timeouts } from "./instance.ts";

export interface HealthEnvironment {
  clock: Clock;
  /** Read anew for each question, as the config may change. */
  timeouts: Pick<Timeouts, "healthIntervalMs" | "healthMs">;
}

/**
 * Asks an instance for its health, at an interval, until it is gone. If no answer comes in time it is failed: its process
 * is killed, and replaced like one that died.
 */
export function watchHealth(
  instance: Pick<Instance, "health" | "fail" | "gone" | "closed">,
  environment: HealthEnvironment,
): void {
  let timer: Timer | undefined;
  const pause = () => {
    timer = environment.clock.after(environment.timeouts.healthIntervalMs, () => void ask());
  };
  const ask = async () => {
    try {
      await instance.health(environment.timeouts.healthMs);
    } catch (cause) {
      const error = asSyrinxError(cause);
      if (error.code === "plugin-timeout") return instance.fail(error);
    }
    if (!instance.closed) pause();
  };
  pause();
  void instance.gone.then(() => timer?.cancel());
}
