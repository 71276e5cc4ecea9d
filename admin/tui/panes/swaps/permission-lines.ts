import type { PermissionView } from "../../../../schemas/generated/api.ts";
import { type Line, tone } from "../../screen/mod.ts";

/** @returns each permission on a line of its own, with its reason */
export function permissionLines(permissions: readonly PermissionView[]): Line[] {
  return permissions.map(({ kind, allow, reason }) => [
    tone("warn", `  ${kind} ${allow}`),
    reason === undefined ? "" : `  ${reason}`,
  ]);
}
