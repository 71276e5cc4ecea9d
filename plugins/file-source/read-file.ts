import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/** Larger is no config; a pointer of a places table for every value has to fit a protocol frame as well. */
export const MAX_BYTES = 1024 * 1024;

/** What was found at a path at one moment. Two readings with the same fingerprint found the same. */
export type Reading =
  | { readonly state: "missing"; readonly fingerprint: string }
  | { readonly state: "unreadable"; readonly fingerprint: string; readonly reason: string }
  | {
      readonly state: "file";
      readonly fingerprint: string;
      readonly bytes: Uint8Array;
      /** SHA-256 of the bytes, in hex. */
      readonly hash: string;
      /** ms since 1970. */
      readonly modifiedAt: number;
    };

/** Reads a file, following symbolic links. Never rejects: what went wrong is in the reading. */
export async function readFile(path: string): Promise<Reading> {
  try {
    await using file = await open(path, "r");
    const { dev, ino, size, mtimeMs } = await file.stat();
    if (size > MAX_BYTES)
      return unreadable(`it has ${size} bytes, and ${MAX_BYTES} is the most a config may have`);
    const bytes = await file.readFile();
    const hash = createHash("sha256").update(bytes).digest("hex");
    return {
      state: "file",
      fingerprint: `file ${dev} ${ino} ${size} ${mtimeMs} ${hash}`,
      bytes,
      hash,
      modifiedAt: mtimeMs,
    };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    // ENOTDIR: a part of the path that ought to be a folder is a file.
    if (code === "ENOENT" || code === "ENOTDIR") return { state: "missing", fingerprint: "missing" };
    if (code === "EISDIR") return unreadable("it is a folder, and a file is needed");
    if (code === "EACCES" || code === "EPERM") {
      return unreadable(
        `it may not be read (${code}); it and its folder need to be readable for the user that the engine runs as, ` +
          "and a folder that was made after the start is seen after a restart",
      );
    }
    return unreadable(message);
  }
}

function unreadable(reason: string): Reading {
  return { state: "unreadable", fingerprint: `unreadable ${reason}`, reason };
}
