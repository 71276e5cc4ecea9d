import type { SnapshotRestore, SnapshotView } from "../../schemas/generated/api.ts";

/** @returns what people call a snapshot: its name, what it was taken before, or its id */
export function snapshotName({ id, name, reason }: SnapshotView): string {
  if (name !== undefined) return name;
  return reason === "request" ? id : `before a ${reason}`;
}

/** @returns a line for each slot that a restore did not restore, with the reason */
export function notRestored({ swaps, problems }: SnapshotRestore): string[] {
  const failed = swaps.flatMap(({ slot, error }) => (error ? [{ slot, message: error.message }] : []));
  return [...failed, ...problems].map(({ slot, message }) => `${slot}: ${message}`);
}
