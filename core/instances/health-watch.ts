/**
 * Finds processes that hang, e.g. because a signal stopped them or they are in an endless loop.
 *
 * An instance is asked for its health from its first generation on, while it serves and while it drains. Before that,
 * each stage has a deadline of its own. The deadline here is as long as a plugin may compute without a pause. SIGKILL
 * ends a stopped process as well.
 *
 * @module
 */
import type { Clock, Timer } from "../clock.ts";
import { asSyrinxError } from "../errors.ts";
import type { Instance, Timeouts } from "./instance.ts";

export interface HealthEnvironment {
  clock: Clock;
  /** Read again for each call, because the config may change. */
  timeouts: Pick<Timeouts, "healthIntervalMs" | "healthMs">;
}

/**
 * Calls `health` of an instance at an interval, until its process has ended. If no answer comes in time, the process is
 * killed, and replaced like one that died.
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
