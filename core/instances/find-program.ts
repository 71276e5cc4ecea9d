/**
 * Finds a program on the PATH by rules that no plugin can bend.
 *
 * @module
 */
import { accessSync, constants, realpathSync, type Stats, statSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { isInside } from "../releases/mod.ts";

/** Group and others may write. */
const WRITABLE_BY_OTHERS = 0o022;
/** In such a folder, e.g. /tmp, nobody can rename or delete the files of others. */
const STICKY = 0o1000;

/** Where programs may be found. */
export interface ProgramSearch {
  /** The engine's PATH. */
  path: string;
  /** Folders whose content comes from plugins or models, or that a plugin may write. Links are resolved. */
  untrusted: readonly string[];
}

/**
 * Looks for a program like a shell, with two differences. A relative entry of the PATH does not count. Nothing that is in
 * an untrusted folder counts.
 *
 * @param name without a slash
 * @returns its path on the PATH, links not resolved; undefined if there is none
 */
export function findProgram(name: string, search: ProgramSearch): string | undefined {
  return folders(search)
    .map((folder) => join(folder, name))
    .find((path) => {
      const real = realPath(path);
      return real !== undefined && isExecutable(real) && !isUntrusted(real, search);
    });
}

/** @returns the PATH for a program that runs outside the sandbox: the folders that only root and the engine's user can change */
export function trustedPath(search: ProgramSearch): string {
  return folders(search).filter(isOnlyOurs).join(delimiter);
}

/** @returns whether a path is in an untrusted folder. Its links are resolved */
export function isUntrusted(path: string, { untrusted }: ProgramSearch): boolean {
  return untrusted.some((folder) => isInside(folder, path));
}

/**
 * @param path absolute; links are resolved
 * @returns whether only root and the engine's user can change the file, or put another one in its place
 */
export function isOnlyOurs(path: string): boolean {
  const real = realPath(path);
  if (real === undefined || !mayOnlyWeWrite(statSync(real))) return false;
  for (let folder = dirname(real); ; folder = dirname(folder)) {
    const info = statSync(folder);
    if (!mayOnlyWeWrite(info) && !(isOurs(info) && info.mode & STICKY)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** @returns the path without links; undefined if there is nothing */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function folders(search: ProgramSearch): string[] {
  return search.path.split(delimiter).filter((folder) => {
    const real = isAbsolute(folder) ? realPath(folder) : undefined;
    return real !== undefined && !isUntrusted(real, search);
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function mayOnlyWeWrite(info: Stats): boolean {
  return isOurs(info) && (info.mode & WRITABLE_BY_OTHERS) === 0;
}

function isOurs({ uid }: Stats): boolean {
  return uid === 0 || uid === process.getuid?.();
}
