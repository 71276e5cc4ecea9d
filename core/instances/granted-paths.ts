/**
 * Resolves the paths that a plugin may read and write, and refuses those that a link makes wider than what was granted.
 *
 * @module
 */
import { dirname } from "node:path";
import { SyrinxError } from "../errors.ts";
import {
  expandPaths,
  type GrantedPath,
  isInside,
  type PathVariables,
  type PluginRelease,
  releaseId,
} from "../releases/mod.ts";
import { realPath } from "./find-program.ts";

interface Base {
  /** For messages. */
  name: string;
  /** Absolute; links are resolved. */
  real: string;
}

/**
 * A path may not lead out of the folder that its variable names. No path may lead out of a folder in which the plugin can
 * put links: its own, its model's, its data folder, and those that it may write.
 *
 * @returns the paths that exist, with all links resolved. Only these may get into the policy
 * @throws SyrinxError plugin-start-failed, which names the permission, where it leads, and the folder
 */
export function resolveGrantedPaths(
  plugin: PluginRelease,
  variables: PathVariables,
): { read: string[]; write: string[] } {
  const { permissions } = plugin.manifest;
  const read = expandPaths(permissions, "read", variables);
  const write = expandPaths(permissions, "write", variables);
  const bases = [
    ...baseOf("$PLUGIN", variables.plugin),
    ...baseOf("$MODEL", variables.model),
    ...baseOf("$DATA", variables.data),
    ...write.flatMap(({ allow, path }) => baseOf(allow, path)),
  ];
  const resolved = (paths: readonly GrantedPath[]) =>
    paths.flatMap((granted) => resolveInside(granted, bases, plugin) ?? []);
  return { read: resolved(read), write: resolved(write) };
}

function resolveInside(
  granted: GrantedPath,
  bases: readonly Base[],
  plugin: PluginRelease,
): string | undefined {
  const { kind, allow, path, base } = granted;
  const real = realPath(path);
  if (real === undefined) return undefined;
  const own = base ? [{ name: base.name, real: realPath(base.path) ?? base.path }] : [];
  // The folder in which the last part of the path is, and those above it: whoever can write one of them chooses the rest.
  const above = realFolders(path);
  const around = bases.filter((one) => above.some((folder) => isInside(one.real, folder)));
  const left = [...own, ...around].find((one) => !isInside(one.real, real));
  if (left) {
    throw new SyrinxError(
      "plugin-start-failed",
      `Cannot start plugin ${releaseId(plugin)} because its permission ${kind} ${allow} leads to ${real}, outside ${left.name} (${left.real})`,
    );
  }
  // These lead to another folder in each process, so the process itself resolves them.
  return path.startsWith("/proc/") ? path : real;
}

function baseOf(name: string, path: string | undefined): Base[] {
  const real = path === undefined ? undefined : realPath(path);
  return real === undefined ? [] : [{ name, real }];
}

/** @returns the folders that the path goes through, each with its links resolved */
function realFolders(path: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    folders.push(realPath(folder) ?? folder);
  return folders;
}
