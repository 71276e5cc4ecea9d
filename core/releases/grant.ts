/**
 * Works out which permissions a grant adds, from what the releases of a plugin ask for. Pure.
 *
 * @module
 */
import semver from "semver";
import type { PermissionView } from "../../schemas/generated/api.ts";
import type { Permissions } from "../../schemas/generated/plugin.ts";
import { SyrinxError } from "../errors.ts";
import {
  type Grants,
  listPermissions,
  missingPermissions,
  type Permission,
  permissionKey,
} from "./permissions.ts";
import { type PluginRelease, releaseId } from "./release.ts";

/** What an admin asks to grant. */
export interface GrantSelection {
  /** Absent: the newest release that is blocked. */
  version?: string | undefined;
  /** Absent: all that the release asks for and was not granted. */
  permissions?: readonly Permission[] | undefined;
}

/**
 * @param releases all plugin releases on disk
 * @returns the permissions to add to those of the plugin `name`
 * @throws SyrinxError plugin-not-found; body-invalid for a permission that the plugin does not ask for; nothing-to-grant if
 *   all of them are granted already
 */
export function permissionsToGrant(
  releases: readonly PluginRelease[],
  grants: Grants,
  name: string,
  { version, permissions }: GrantSelection,
): PermissionView[] {
  const meant = releasesOf(releases, name, version);
  if (permissions) requireAsked(meant, permissions);
  const lacking = meant.map((release) => missingPermissions(release, grants));
  const newest = lacking.find(({ length }) => length > 0) ?? [];
  const missing = new Map(
    (permissions ? lacking.flat() : newest).map((permission) => [permissionKey(permission), permission]),
  );
  const wanted = permissions
    ? permissions.flatMap((permission) => missing.get(permissionKey(permission)) ?? [])
    : [...missing.values()];
  if (wanted.length > 0) return wanted;
  const all = permissions ? "that" : "all that it asks for";
  throw new SyrinxError(
    "nothing-to-grant",
    `Nothing was granted because ${meant.map(releaseId).join(", ")} is granted ${all} already`,
  );
}

/** @returns the lists that `more` changes, whole: the granted permissions first, then the new ones with their reasons */
export function grantedWith(granted: Permissions | undefined, more: readonly PermissionView[]): Permissions {
  const had = new Set(listPermissions(granted).map(permissionKey));
  const lists: Permissions = {};
  for (const permission of more) {
    const { kind, allow, reason } = permission;
    if (had.has(permissionKey(permission))) continue;
    had.add(permissionKey(permission));
    lists[kind] ??= [...(granted?.[kind] ?? [])];
    lists[kind].push(reason === undefined ? allow : { allow, reason });
  }
  return lists;
}

/** Newest first. */
function releasesOf(
  releases: readonly PluginRelease[],
  name: string,
  version: string | undefined,
): PluginRelease[] {
  const named = releases.filter((release) => release.name === name);
  const meant = named.filter((release) => version === undefined || release.version === version);
  if (meant.length > 0) return meant.sort((a, b) => semver.rcompare(a.version, b.version));
  const there = named.length > 0 ? named.map(releaseId) : [...new Set(releases.map((one) => one.name))];
  throw new SyrinxError(
    "plugin-not-found",
    `There is no plugin "${version === undefined ? name : `${name}@${version}`}": on disk are ${there.join(", ") || "none"}`,
  );
}

function requireAsked(releases: readonly PluginRelease[], permissions: readonly Permission[]): void {
  const asked = releases.flatMap(({ manifest }) => listPermissions(manifest.permissions).map(permissionKey));
  const violations = permissions.flatMap((permission, at) => {
    const key = permissionKey(permission);
    if (asked.includes(key)) return [];
    const message = `${releases.map(releaseId).join(", ")} does not ask for ${key}`;
    return [{ pointer: `/permissions/${at}`, message }];
  });
  if (violations.length === 0) return;
  const list = violations.map(({ message }) => message).join("; ");
  throw new SyrinxError("body-invalid", `Nothing was granted: ${list}`, { violations });
}
