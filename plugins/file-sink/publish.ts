/**
 * Renames a finished file in one step, so that nobody sees an incomplete file.
 *
 * @module
 */
import { link, open, readFile, rename, stat } from "node:fs/promises";
import { parse } from "node:path";

/** More files with one name are a mistake in the template, and each attempt costs time. */
const MAX_SUFFIX = 9999;

/** Errors of `link` on file systems without hard links, e.g. FAT and some network shares. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV", "EACCES"]);

/** Renames `temporary` to `path`, and replaces an existing file. */
export async function replaceOwn(temporary: string, path: string): Promise<string> {
  await rename(temporary, path);
  return path;
}

/**
 * Renames `temporary` to `path`, or to its `-2`, `-3`... Never replaces another file.
 *
 * @param options.sameBytesAreSame a file with that name and the same bytes counts as this one: a process wrote it and
 *   died before it could report it. It stays, and no second file is made
 * @returns the path of the file
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
    `Cannot store ${path} because ${MAX_SUFFIX} files of that name exist: change the name template`,
  );
}

/** Syncs the entries of a folder to the disk. */
export async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, "r");
  await folder.sync();
}

/** @returns false if the name is taken */
async function claim(temporary: string, path: string): Promise<boolean> {
  try {
    // Unlike a rename, a link fails if the name is taken. The caller removes the temporary name afterwards.
    await link(temporary, path);
    return true;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    if (code === "EEXIST") return false;
    if (!NO_LINKS.has(code)) throw cause;
  }
  return reserve(temporary, path);
}

/** The same without links: an empty file reserves the name until the rename. */
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
