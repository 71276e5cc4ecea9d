/**
 * What an admin grants a plugin, by what its releases ask for. Pure.
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

/** What is to be granted. */
export interface GrantWish {
  /** Absent: that of the newest release that is blocked. */
  version?: string | undefined;
  /** Absent: all that the release lacks. */
  permissions?: readonly Permission[] | undefined;
}

/**
 * @param releases all that there are
 * @returns the permissions that the plugin of that name asks for, was not granted, and is to be granted
 * @throws SyrinxError plugin-not-found; body-invalid for one that it does not ask for; nothing-to-grant
 */
export function permissionsToGrant(
  releases: readonly PluginRelease[],
  grants: Grants,
  name: string,
  { version, permissions }: GrantWish,
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
    `Nothing was granted as ${meant.map(releaseId).join(", ")} is granted ${all} already`,
  );
}

/** @returns the whole lists that `more` adds to: what the plugin is granted, then the rest, each with its reason */
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
