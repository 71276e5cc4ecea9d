import type {
  SlotRestorePlan,
  SnapshotRestore,
  SnapshotRestorePlan,
} from "../../../schemas/generated/api.ts";
import { SyrinxError } from "../../errors.ts";
import { bindingText } from "../binding-text.ts";
import { tableText } from "../table.ts";

/** @returns what fills each slot now and what would then, how much its plugin gets of what it knew, and what it costs */
export function restorePlanText({ slots }: SnapshotRestorePlan): string {
  const rows = slots.map((slot) => [
    slot.slot,
    slot.action,
    bindingText(slot.from),
    bindingText(slot.to),
    slot.stateBytes === 0 ? "" : `${slot.stateBytes} bytes`,
    costText(slot),
  ]);
  return tableText(["SLOT", "WHAT", "NOW", "THEN", "STATE", "COST"], rows);
}

function costText({ action, plan, problem }: SlotRestorePlan): string {
  if (problem !== undefined) return `cannot be had: ${problem}`;
  if (plan?.verdict === "reconfigure" || (action !== "swap" && action !== "add")) return "none";
  return plan ? `a load; memory: ${plan.memory.message}` : "a load";
}

/** @returns what came of it, a line each */
export function restoredLines({ snapshot, before, config, swaps }: SnapshotRestore): string[] {
  const swapped = swaps.filter(({ error }) => !error).map(({ slot }) => slot);
  return [
    `snapshot ${snapshot} is restored: config version ${config.version}, pinned; swapped: ${swapped.join(", ") || "no slot"}`,
    `to undo it: syrinx snapshot restore ${before}`,
  ];
}

/** @returns why slots are not as they were then; undefined: they all are */
export function restoreFailure({ before, swaps, problems }: SnapshotRestore): SyrinxError | undefined {
  const failed = swaps.flatMap(({ slot, error }) => (error ? [{ slot, message: error.message }] : []));
  const all = [...failed, ...problems].map(({ slot, message }) => `${slot}: ${message}`);
  if (all.length === 0) return undefined;
  return new SyrinxError(
    "slot-failed",
    `The config is restored, and not every slot: ${all.join("; ")}. What served there serves on. To undo it: syrinx snapshot restore ${before}`,
  );
}
