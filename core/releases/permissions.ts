/**
 * Compares what a plugin asks for with what it was granted, and expands that to paths, variables and hosts. Pure.
 *
 * @module
 */
import { join, resolve } from "node:path";
import type { PermissionView } from "../../schemas/generated/api.ts";
import type { Permissions } from "../../schemas/generated/plugin.ts";
import { SyrinxError } from "../errors.ts";
import { isInside } from "./inside.ts";
import { type PluginRelease, releaseId } from "./release.ts";

const SETTINGS = "$SETTINGS.";
const KINDS = ["read", "write", "net", "run", "env", "device"] as const;

/** The permissions that the admin granted, by plugin name. */
export type Grants = Readonly<Record<string, Permissions>>;

/** One permission, without the reason for it. */
export type Permission = Pick<PermissionView, "kind" | "allow">;

/** @returns every single permission, in the order of the manifest */
export function listPermissions(permissions: Permissions | undefined): PermissionView[] {
  return KINDS.flatMap((kind) =>
    (permissions?.[kind] ?? []).map((item) =>
      typeof item === "string" ? { kind, allow: item } : { kind, ...item },
    ),
  );
}

/** @returns what the plugin asks for and was not granted; nothing for a trusted plugin */
export function missingPermissions(release: PluginRelease, grants: Grants): PermissionView[] {
  const asked = listPermissions(release.manifest.permissions);
  if (release.trusted) return [];
  const granted = new Set(listPermissions(grants[release.name]).map(permissionKey));
  return asked.filter((permission) => !granted.has(permissionKey(permission)));
}

/** @returns what `release` asks for in addition to `running`, if both are versions of one plugin; else all that it asks for */
export function addedPermissions(
  running: PluginRelease | undefined,
  release: PluginRelease,
): PermissionView[] {
  const before = running?.name === release.name ? listPermissions(running.manifest.permissions) : [];
  const known = new Set(before.map(permissionKey));
  return listPermissions(release.manifest.permissions).filter(
    (permission) => !known.has(permissionKey(permission)),
  );
}

/** @returns why a plugin is blocked and what to do about it; undefined if it is not */
export function blockedReason(release: PluginRelease, grants: Grants): string | undefined {
  const request = refusedRequest(release, grants);
  return request && `${releaseId(release)} ${request}`;
}

/** @returns e.g. `asks for net *, which it was not granted`, and how to grant it; undefined if all is granted */
function refusedRequest(release: PluginRelease, grants: Grants): string | undefined {
  const missing = missingPermissions(release, grants);
  if (missing.length === 0) return undefined;
  const list = missing.map(({ kind, allow }) => `${kind} ${allow}`).join(", ");
  const grant = JSON.stringify({ plugins: { grants: { [release.name]: grantOf(missing) } } });
  return `asks for ${list}, which it was not granted. To grant it: syrinx plugins grant ${releaseId(release)}, or add to the config: ${grant}`;
}

/** @throws SyrinxError plugin-blocked */
export function requireGranted(release: PluginRelease, grants: Grants): void {
  const request = refusedRequest(release, grants);
  if (request)
    throw new SyrinxError(
      "plugin-blocked",
      `Cannot start plugin ${releaseId(release)} because it ${request}`,
    );
}

/** The values of the variables in paths of permissions. */
export interface PathVariables {
  /** Folder of the model; undefined for a plugin without one. */
  model: string | undefined;
  plugin: string;
  data: string;
  settings: Readonly<Record<string, unknown>>;
}

/** A path of a permission, with its variable replaced. Its links are not resolved. */
export interface GrantedPath {
  kind: "read" | "write";
  /** As the manifest has it. */
  allow: string;
  /** Absolute. */
  path: string;
  /**
   * The variable and its value, an absolute path. The permission is for what is in there, and nothing else. Absent for a
   * path without a variable, and for one that leads up from a setting by its own dots.
   */
  base?: { name: string; path: string } | undefined;
}

/**
 * Expands the paths of a plugin's permissions.
 *
 * @returns the paths. One whose variable has no value is left out: `$MODEL` without a model, a setting that is not set
 */
export function expandPaths(
  permissions: Permissions | undefined,
  kind: "read" | "write",
  variables: PathVariables,
): GrantedPath[] {
  return listPermissions(permissions)
    .filter((permission) => permission.kind === kind)
    .flatMap(({ allow }) => {
      const expanded = expandPath(allow, variables);
      return expanded === undefined ? [] : [{ kind, allow, ...expanded }];
    });
}

function expandPath(
  path: string,
  { model, plugin, data, settings }: PathVariables,
): Pick<GrantedPath, "path" | "base"> | undefined {
  const [head = "", ...rest] = path.split("/");
  const setting = head.startsWith(SETTINGS) ? settings[head.slice(SETTINGS.length)] : undefined;
  const base =
    head === "$MODEL"
      ? model
      : head === "$PLUGIN"
        ? plugin
        : head === "$DATA"
          ? data
          : typeof setting === "string"
            ? setting
            : undefined;
  if (!head.startsWith("$")) return { path: resolve(plugin, path) };
  if (base === undefined) return undefined;
  const expanded = { path: resolve(plugin, join(base, ...rest)) };
  const folder = resolve(plugin, base);
  // The admin chose the setting, and sees the dots when granting `$SETTINGS.path/..`: the folder of a file.
  if (head.startsWith(SETTINGS) && !isInside(folder, expanded.path)) return expanded;
  return { ...expanded, base: { name: head, path: folder } };
}

/**
 * @param environment of the engine
 * @returns the variables that a plugin may see. A permission names one, or with a final `*` all that begin so;
 *   `$SETTINGS.<key>` may stand before the `*`
 */
export function expandEnv(
  permissions: Permissions | undefined,
  settings: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const { kind, allow } of listPermissions(permissions)) {
    if (kind !== "env") continue;
    const prefix = allow.endsWith("*") ? prefixOf(allow.slice(0, -1), settings) : undefined;
    // An empty prefix would allow all variables, which no admin can mean.
    const names = prefix ? Object.keys(environment).filter((name) => name.startsWith(prefix)) : [allow];
    for (const name of names) if (environment[name] !== undefined) variables[name] = environment[name];
  }
  return variables;
}

function prefixOf(prefix: string, settings: Readonly<Record<string, unknown>>): string | undefined {
  if (!prefix.startsWith(SETTINGS)) return prefix;
  const setting = settings[prefix.slice(SETTINGS.length)];
  return typeof setting === "string" ? setting : undefined;
}

/**
 * @returns the `host:port` list of a plugin. `$SETTINGS.<key>` is replaced by the setting, and left out if that is not set
 */
export function expandNet(
  permissions: Permissions | undefined,
  settings: Readonly<Record<string, unknown>>,
): string[] {
  return listPermissions(permissions)
    .filter(({ kind }) => kind === "net")
    .flatMap(({ allow }) => {
      if (!allow.startsWith(SETTINGS)) return [allow];
      const setting = settings[allow.slice(SETTINGS.length)];
      return typeof setting === "string" ? [setting] : [];
    });
}

/** @returns a key that is equal for equal permissions, whatever their reasons */
export function permissionKey({ kind, allow }: Permission): string {
  return `${kind} ${allow}`;
}

function grantOf(permissions: readonly PermissionView[]): Record<string, string[]> {
  const grant: Record<string, string[]> = {};
  for (const { kind, allow } of permissions) (grant[kind] ??= []).push(allow);
  return grant;
}
