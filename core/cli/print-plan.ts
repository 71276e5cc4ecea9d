import { memoryText, permissionsText, strategyText } from "../../admin/client/mod.ts";
import type { SwapPlan } from "../../schemas/generated/api.ts";
import { SyrinxError } from "../errors.ts";
import { printTable } from "./table.ts";

const VERDICTS: Record<SwapPlan["verdict"], string> = {
  swap: "would be swapped",
  reconfigure: "would be changed in place",
  unchanged: "runs this already",
};

/**
 * Prints what a swap would do.
 *
 * @throws SyrinxError plugin-blocked or memory-refused, after it was printed, if the engine would refuse the swap
 */
export function printPlan(plan: SwapPlan, asJson: boolean): void {
  const { slot, verdict, changes, permissions, reason, memory } = plan;
  if (asJson) console.log(JSON.stringify(plan, null, 2));
  else {
    console.log(`${slot} ${VERDICTS[verdict]}`);
    const rows = changes.map(({ pointer, from, to }) => [pointer.slice(1), valueText(from), valueText(to)]);
    if (rows.length > 0) printTable(["WHAT", "NOW", "THEN"], rows);
    if (permissions.added.length > 0) console.log(`new permissions: ${permissionsText(permissions.added)}`);
    if (memory.verdict !== "refused") for (const line of howLines(plan)) console.log(line);
  }
  if (reason) throw new SyrinxError("plugin-blocked", `${slot} would not be swapped: ${reason}`);
  if (memory.verdict === "refused")
    throw new SyrinxError("memory-refused", `${slot} would not be swapped: ${memoryText(plan)}`);
}

function howLines(plan: SwapPlan): string[] {
  const { verdict, memory } = plan;
  if (verdict === "unchanged") return [memoryText(plan)];
  if (verdict === "reconfigure") return [strategyText(plan)];
  const { evict } = memory;
  return [
    strategyText(plan),
    memoryText(plan),
    ...(evict.length > 0 ? [`unloaded to make room: ${evict.join(", ")}`] : []),
  ];
}

function valueText(value: unknown): string {
  if (value === undefined) return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}
