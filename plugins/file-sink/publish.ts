/**
 * Puts a finished file in its place in one step, so that nobody ever sees half of it.
 *
 * @module
 */
import { link, open, readFile, rename, stat } from "node:fs/promises";
import { parse } from "node:path";

/** More files of one name are a mistake of the template, and each try costs time. */
const MAX_SUFFIX = 9999;

/** What linking fails with where a file system has no hard links, e.g. FAT and some network shares. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV", "EACCES"]);

/** Puts `temporary` in the place of `path`, whether or not something is there. */
export async function replaceOwn(temporary: string, path: string): Promise<string> {
  await rename(temporary, path);
  return path;
}

/**
 * Puts `temporary` at `path`, or at `-2`, `-3`... of it; never in the place of another file.
 *
 * @param options.sameBytesAreSame a file of that name with the same bytes is this one, written by a process that died
 *   before it could say so; it stays, and no second is made
 * @returns where it is now
 */
export async function publishNew(
  temporary: string,
  path: string,
  options: { sameBytesAreSame: boolean },
): Promise<string> {
  const { dir, name, ext } = parse(path);
  for (let suffix = 1; suffix <= MAX_SUFFIX; suffix++) {
    const candidate = suffix === 1 ? path : `${dir}/${name}-${suffix}${ext}`;
    if (await claim(temporary, candidate)) return candidate;
    if (options.sameBytesAreSame && (await areSame(temporary, candidate))) return candidate;
  }
  throw new Error(
    `Cannot keep ${path} as ${MAX_SUFFIX} files of that name are there: another name template is needed`,
  );
}

/** Syncs a folder's entries to the disk. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, "r");
  await folder.sync();
}

/** @returns false if the place is taken */
async function claim(temporary: string, path: string): Promise<boolean> {
  try {
    // Unlike a rename, a link fails if something is there. The temporary name is removed afterwards.
    await link(temporary, path);
    return true;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    if (code === "EEXIST") return false;
    if (!NO_LINKS.has(code)) throw cause;
  }
  return reserve(temporary, path);
}

/** The same without links: an empty file holds the place until the rename. */
async function reserve(temporary: string, path: string): Promise<boolean> {
  try {
    await (await open(path, "wx")).close();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  }
  await rename(temporary, path);
  return true;
}

async function areSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([stat(one), stat(other)]);
  if (a.size !== b.size || !b.isFile()) return false;
  const [left, right] = await Promise.all([readFile(one), readFile(other)]);
  return left.equals(right);
}
