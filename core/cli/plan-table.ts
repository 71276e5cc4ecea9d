import type { PermissionView, SwapPlan } from "../../schemas/generated/api.ts";
import { SyrinxError } from "../errors.ts";
import { printTable } from "./table.ts";

/**
 * Prints what a swap would do.
 *
 * @throws SyrinxError plugin-blocked or memory-refused, if it would be refused, after it was printed
 */
export function printPlan(plan: SwapPlan, asJson: boolean): void {
  const { slot, verdict, changes, permissions, reason, memory } = plan;
  if (asJson) console.log(JSON.stringify(plan, null, 2));
  else {
    const told = {
      swap: "would be swapped",
      reconfigure: "would be changed in place: its process serves on",
      unchanged: "runs this already",
    };
    console.log(`${slot} ${told[verdict]}`);
    const rows = changes.map(({ pointer, from, to }) => [pointer.slice(1), text(from), text(to)]);
    if (rows.length > 0) printTable(["WHAT", "NOW", "THEN"], rows);
    if (permissions.added.length > 0) console.log(`asks anew for: ${list(permissions.added)}`);
    if (memory.verdict !== "refused" && verdict !== "reconfigure") console.log(`memory: ${memoryText(plan)}`);
  }
  if (reason) throw new SyrinxError("plugin-blocked", `${slot} would not be swapped: ${reason}`);
  if (memory.verdict === "refused")
    throw new SyrinxError(
      "memory-refused",
      `${slot} would not be swapped: there is no room: ${memory.message}`,
    );
}

/** How it would be done, and why so. */
function memoryText({ from, strategy, memory: { evict, message } }: SwapPlan): string {
  const how =
    strategy === "recreate" && from ? "fits once what serves is unloaded; requests wait meanwhile"
    : from ? "fits beside what serves"
    : "fits"; // prettier-ignore
  const others =
    evict.length > 0 ? `, and ${evict.join(", ")} ${evict.length > 1 ? "are" : "is"} unloaded` : "";
  return `${how}${others} (${message})`;
}

function text(value: unknown): string {
  if (value === undefined) return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function list(permissions: readonly PermissionView[]): string {
  return permissions.map(({ kind, allow }) => `${kind} ${allow}`).join(", ");
}
