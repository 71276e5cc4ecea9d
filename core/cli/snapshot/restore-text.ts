import { bindingText, bytesText, notRestored } from "../../../admin/client/mod.ts";
import type {
  SlotRestorePlan,
  SnapshotRestore,
  SnapshotRestorePlan,
} from "../../../schemas/generated/api.ts";
import { SyrinxError } from "../../errors.ts";
import { tableText } from "../table.ts";

/** @returns for each slot its binding now and then, how much state its plugin gets back, and what that costs */
export function restorePlanText({ slots }: SnapshotRestorePlan): string {
  const rows = slots.map((slot) => [
    slot.slot,
    slot.action,
    bindingText(slot.from),
    bindingText(slot.to),
    slot.stateBytes === 0 ? "" : bytesText(slot.stateBytes),
    costText(slot),
  ]);
  return tableText(["SLOT", "WHAT", "NOW", "THEN", "STATE", "COST"], rows);
}

function costText({ action, plan, problem }: SlotRestorePlan): string {
  if (problem !== undefined) return `not possible: ${problem}`;
  if (plan?.verdict === "reconfigure") return "its process keeps serving";
  if (action !== "swap" && action !== "add") return "nothing is loaded";
  return plan ? `a load (${plan.memory.message})` : "a load";
}

/** @returns what was restored, and how to undo it */
export function restoredLines({ snapshot, before, config, swaps }: SnapshotRestore): string[] {
  const swapped = swaps.filter(({ error }) => !error).map(({ slot }) => slot);
  return [
    `snapshot ${snapshot} is restored: config version ${config.version}, pinned; swapped: ${swapped.join(", ") || "no slot"}`,
    `to undo it: syrinx snapshot restore ${before}`,
  ];
}

/** @returns why some slots were not restored; undefined: all were */
export function restoreFailure(restore: SnapshotRestore): SyrinxError | undefined {
  const all = notRestored(restore);
  if (all.length === 0) return undefined;
  return new SyrinxError(
    "slot-failed",
    `The config is restored, and not every slot: ${all.join("; ")}. What served there keeps serving. To undo it: syrinx snapshot restore ${restore.before}`,
  );
}
