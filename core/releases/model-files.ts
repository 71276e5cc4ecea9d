/**
 * Checks the hashes of a model's files before it is loaded.
 *
 * @module
 */
import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { SyrinxError } from "../errors.ts";
import { isInside } from "./inside.ts";
import { type ModelRelease, releaseId } from "./release.ts";

/** SHA-256 by path, inode, size and times of change, so that a file is read once until it changes. */
const known = new Map<string, string>();

/**
 * Checks that every file of a model exists, and has the hash that the manifest gives for it, if any.
 *
 * @throws SyrinxError model-corrupt, which names the file and both hashes, and says what to do
 */
export async function checkModelFiles(model: ModelRelease): Promise<void> {
  const { files, sha256 } = model.manifest;
  for (const file of Object.values(files)) {
    if (file === undefined) continue;
    const path = join(model.directory, file);
    const info = await stat(path).catch((cause: unknown) => {
      throw new SyrinxError(
        "model-corrupt",
        `Cannot load model ${releaseId(model)} because ${path} cannot be read. Install the model again`,
        { cause },
      );
    });
    await requireOwnFile(model, path, info.isFile());
    const wanted = sha256[file];
    if (wanted === undefined) continue;
    // A program can set mtime back, as cp -p and rsync do. It cannot set ctime.
    const key = `${path}\0${info.ino}\0${info.size}\0${info.mtimeMs}\0${info.ctimeMs}`;
    const found = known.get(key) ?? (await sha256Of(path));
    known.set(key, found);
    if (found !== wanted) {
      const message = `Cannot load model ${releaseId(model)} because ${path} has SHA-256 ${found}, and model.json says ${wanted}. Install the model again`;
      throw new SyrinxError("model-corrupt", message);
    }
  }
}

/** A device or a pipe would never end, and a link would let the model name any file that the engine can read. */
async function requireOwnFile(model: ModelRelease, path: string, isFile: boolean): Promise<void> {
  const real = await realpath(path);
  const why = !isFile
    ? `is not a file. Install the model again`
    : !isInside(await realpath(model.directory), real)
      ? `leads to ${real}, outside the model's folder. Copy the file into the folder`
      : undefined;
  if (why)
    throw new SyrinxError("model-corrupt", `Cannot load model ${releaseId(model)} because ${path} ${why}`);
}

async function sha256Of(path: string): Promise<string> {
  const hash = new Bun.CryptoHasher("sha256");
  for await (const chunk of Bun.file(path).stream()) hash.update(chunk);
  return hash.digest("hex");
}
