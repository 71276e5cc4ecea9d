/**
 * Ends a plugin that has more processes and threads than it may, e.g. because each of them starts others.
 *
 * @module
 */
import type { Clock } from "../clock.ts";
import type { Devices } from "../devices/mod.ts";
import { SyrinxError } from "../errors.ts";

/**
 * From one look to the next, in ms. In this time two cores start about 2,000 processes. A look reads one number of the machine;
 * a plugin is counted only if that has grown enough for it to exceed its limit.
 */
const LOOK_MS = 200;
/** A plugin is counted after this time in any case, in ms: others may have ended what it has started. */
const COUNT_MS = 2_000;

export interface ProcessLimits {
  clock: Clock;
  /** `plugins.maxProcesses` of the config. Read again each time. */
  maxProcesses: number;
  devices: Pick<Devices, "tasks" | "tasksOfMachine">;
}

/**
 * Counts the processes and threads of a plugin until its process has ended.
 *
 * @param exceeded called at most once, with processes-exceeded. It has to end the process
 */
export function watchProcesses(
  plugin: { slot: string; pid: number; exited: Promise<unknown> },
  limits: ProcessLimits,
  exceeded: (error: SyrinxError) => void,
): void {
  const { clock, devices } = limits;
  let counted = { at: -Infinity, own: 0, machine: 0 };
  const mustCount = (machine: number | undefined) =>
    clock.monotonic() - counted.at >= COUNT_MS ||
    (machine !== undefined && counted.own + machine - counted.machine > limits.maxProcesses);
  const look = () => {
    const machine = devices.tasksOfMachine();
    if (mustCount(machine)) {
      const own = devices.tasks(plugin.pid) ?? 0;
      if (own > limits.maxProcesses) return exceeded(tooMany(plugin, own, limits.maxProcesses));
      counted = { at: clock.monotonic(), own, machine: machine ?? 0 };
    }
    timer = clock.after(LOOK_MS, look);
  };
  let timer = clock.after(LOOK_MS, look);
  void plugin.exited.then(() => timer.cancel());
}

function tooMany({ slot, pid }: { slot: string; pid: number }, count: number, limit: number): SyrinxError {
  return new SyrinxError(
    "processes-exceeded",
    `Process ${pid} of ${slot} was ended because it has ${count} processes and threads: ` +
      `its limit is ${limit} (plugins.maxProcesses of the config)`,
  );
}
