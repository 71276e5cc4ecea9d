import type { InstanceView, PlannedEnd } from "../../schemas/generated/api.ts";
import { comparedBytes, type Devices, type MemoryBudgets } from "../devices/mod.ts";

/** What a config lets processes use. */
export interface MemoryRules {
  budgets: MemoryBudgets;
  /** `memoryLimitBytes` by slot; undefined: the host's budget. A slot that is missing is left out. */
  limits: ReadonlyMap<string, number | undefined>;
}

/**
 * Finds the processes that use more memory than other rules let them. They would be ended (memory-watch.ts).
 *
 * @param instances that run, in slots
 */
export async function endedByMemory(
  instances: readonly (Pick<InstanceView, "pid"> & { slot: string })[],
  { budgets, limits }: MemoryRules,
  devices: Pick<Devices, "hostBudgetOf" | "usage">,
): Promise<PlannedEnd[]> {
  const hostBudget = devices.hostBudgetOf(budgets);
  const ends = instances.map(async ({ slot, pid }): Promise<PlannedEnd[]> => {
    if (!limits.has(slot)) return [];
    const limit = limits.get(slot);
    const limitBytes = limit ?? hostBudget;
    const { hostBytes: usedBytes = 0 } = await devices.usage(pid);
    if (usedBytes <= limitBytes) return [];
    const [uses, most] = comparedBytes(usedBytes, limitBytes);
    const from = limit === undefined ? "memory.budgets.host" : `${slot}.memoryLimitBytes`;
    const message = `process ${pid} of ${slot} would be ended because it uses ${uses}, and ${from} would be ${most}`;
    return [{ slot, pid, usedBytes, limitBytes, message }];
  });
  return (await Promise.all(ends)).flat();
}
