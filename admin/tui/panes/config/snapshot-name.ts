import type { SnapshotView } from "../../../../schemas/generated/api.ts";

/** @returns what people call a snapshot: its name, what it was taken before, or its id */
export function snapshotName({ id, name, reason }: SnapshotView): string {
  if (name !== undefined) return name;
  return reason === "request" ? id : `before a ${reason}`;
}
