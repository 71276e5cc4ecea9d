import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

/** Largest config, in bytes. The table with the position of every value must also fit into a protocol frame. */
export const MAX_BYTES = 1024 * 1024;

/** What was found at a path at one moment. Readings with the same fingerprint found the same. */
export type Reading =
  | { readonly state: "missing"; readonly fingerprint: string }
  | {
      readonly state: "unreadable";
      readonly fingerprint: string;
      readonly reason: string;
      /** Whether the system or the sandbox forbids it. */
      readonly isDenied: boolean;
    }
  | {
      readonly state: "file";
      readonly fingerprint: string;
      /** Names the file itself, whatever its path. */
      readonly inode: string;
      readonly bytes: Uint8Array;
      /** SHA-256 of the bytes, in hex. */
      readonly hash: string;
      /** ms since 1970. */
      readonly modifiedAt: number;
    };

/**
 * Reads a file, and follows symbolic links. Never rejects: the reading contains the error. Never waits for what is no regular
 * file: to open a pipe waits for a writer, unless it is opened without blocking.
 */
export async function readFile(path: string): Promise<Reading> {
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await file.stat();
    const { dev, ino, size, mtimeMs } = stats;
    if (!stats.isFile()) return unreadable(`it is ${kindOf(stats)} and must be a file`);
    if (size > MAX_BYTES)
      return unreadable(`it has ${size} bytes, and a config may have at most ${MAX_BYTES}`);
    const bytes = await readAtMost(file, MAX_BYTES);
    if (!bytes) return unreadable(`it has more than the ${MAX_BYTES} bytes that a config may have`);
    const hash = createHash("sha256").update(bytes).digest("hex");
    return {
      state: "file",
      inode: `${dev}:${ino}`,
      fingerprint: `file ${dev} ${ino} ${size} ${mtimeMs} ${hash}`,
      bytes,
      hash,
      modifiedAt: mtimeMs,
    };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    // ENOTDIR: a part of the path is a file instead of a folder.
    if (code === "ENOENT" || code === "ENOTDIR") return { state: "missing", fingerprint: "missing" };
    if (code === "EISDIR") return unreadable("it is a folder and must be a file");
    if (code === "EACCES" || code === "EPERM") {
      return unreadable(
        `it is not readable (${code}); the engine's user must be able to read the file and its folder, ` +
          "and a link may lead out of the folder only with a grant",
        true,
      );
    }
    // A socket cannot be opened at all.
    if (code === "ENXIO") return unreadable("it is a socket or a device and must be a file");
    return unreadable(message);
  }
}

/** @returns the whole file; undefined: it is longer, as it has grown or its size was not known */
async function readAtMost(file: FileHandle, most: number): Promise<Uint8Array | undefined> {
  const buffer = new Uint8Array(most + 1);
  let length = 0;
  while (length <= most) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length);
    if (bytesRead === 0) return buffer.slice(0, length);
    length += bytesRead;
  }
  return undefined;
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a pipe";
  return "a device";
}

function unreadable(reason: string, isDenied = false): Reading {
  return { state: "unreadable", fingerprint: `unreadable ${reason}`, reason, isDenied };
}
