/**
 * What the operating system refused, in words and as a code of the engine.
 *
 * @module
 */

/** The codes of core/errors.ts for what is meant here. */
type SystemErrorCode = "disk-full" | "disk-failed" | "too-many-files";

interface Words {
  readonly code: SystemErrorCode;
  readonly words: string;
}

const DISK_FULL: Words = { code: "disk-full", words: "the disk is full" };
const TOO_MANY_FILES: Words = { code: "too-many-files", words: "too many files are open" };
const DISK_FAILED: Words = { code: "disk-failed", words: "the disk failed to read or write" };

/** By the code of an error of the operating system or of SQLite. */
const BY_CODE: Readonly<Record<string, Words>> = {
  ENOSPC: DISK_FULL,
  EDQUOT: { code: "disk-full", words: "the user's disk quota is used up" },
  SQLITE_FULL: DISK_FULL,
  EMFILE: TOO_MANY_FILES,
  ENFILE: { code: "too-many-files", words: "the whole machine has too many files open" },
  EIO: DISK_FAILED,
  SQLITE_IOERR: DISK_FAILED,
};

/** @returns undefined for an error that is none of these */
export function systemErrorOf(cause: unknown): Words | undefined {
  return systemErrorOfCode(cause instanceof Error && "code" in cause ? String(cause.code) : "");
}

/**
 * @param code of the operating system or of SQLite, e.g. `ENOSPC`
 * @returns undefined for a code that is none of these
 */
export function systemErrorOfCode(code: string): Words | undefined {
  if (Object.hasOwn(BY_CODE, code)) return BY_CODE[code];
  // SQLite's extended codes say what it was doing, e.g. SQLITE_IOERR_WRITE.
  return code.startsWith("SQLITE_IOERR") ? DISK_FAILED : undefined;
}

/** @returns an error's own message, with plain words before it where there are some */
export function inWords(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const known = systemErrorOf(cause);
  return known ? `${known.words} (${message})` : message;
}
