import type { SlotView, SnapshotRestore, SnapshotView } from "../../../schemas/generated/api.ts";
import { SyrinxError } from "../../errors.ts";
import { bindingText } from "../binding-text.ts";
import { tableText } from "../table.ts";

/** @returns what fills each slot now and what would then, and how much its plugin gets of what it knew */
export function restorePlanText({ slots }: SnapshotView, present: readonly SlotView[]): string {
  const kept = slots.map(({ slot, binding, stateBytes }) => {
    const now = present.find((one) => one.slot === slot)?.running ?? null;
    return [slot, bindingText(now), bindingText(binding), stateBytes === 0 ? "" : `${stateBytes} bytes`];
  });
  const gone = present
    .filter(({ slot }) => !slots.some((one) => one.slot === slot))
    .map(({ slot, running }) => [slot, bindingText(running), "nothing", ""]);
  return tableText(["SLOT", "NOW", "THEN", "STATE"], [...kept, ...gone]);
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
