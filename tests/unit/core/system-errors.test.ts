import { describe, expect, test } from "bun:test";
import { closeSync, openSync, writeSync } from "node:fs";
import { asSyrinxError } from "../../../core/errors.ts";
import { inWords } from "../../../core/system-errors.ts";

const failure = (code: string, message = `${code}: refused`) => Object.assign(new Error(message), { code });

describe("what the system refuses has a code and plain words:", () => {
  test.each([
    ["ENOSPC", "disk-full", "the disk is full (ENOSPC: refused)"],
    ["EDQUOT", "disk-full", "the user's disk quota is used up (EDQUOT: refused)"],
    ["SQLITE_FULL", "disk-full", "the disk is full (SQLITE_FULL: refused)"],
    ["EMFILE", "too-many-files", "too many files are open (EMFILE: refused)"],
    ["ENFILE", "too-many-files", "the whole machine has too many files open (ENFILE: refused)"],
    ["EIO", "disk-failed", "the disk failed to read or write (EIO: refused)"],
    ["SQLITE_IOERR_FSYNC", "disk-failed", "the disk failed to read or write (SQLITE_IOERR_FSYNC: refused)"],
    ["ENOENT", "internal", "ENOENT: refused"],
    ["toString", "internal", "toString: refused"],
  ])("%s is %s", (code, own, words) => {
    expect(asSyrinxError(failure(code))).toMatchObject({ code: own, message: words });
  });

  test("a full disk, as the kernel reports it", () => {
    const full = openSync("/dev/full", "w");
    try {
      writeSync(full, "x");
      throw new Error("/dev/full took a write");
    } catch (cause) {
      expect(asSyrinxError(cause)).toMatchObject({ code: "disk-full" });
      expect(inWords(cause)).toStartWith("the disk is full (ENOSPC");
    } finally {
      closeSync(full);
    }
  });

  test("a code that the caller has chosen stays", () => {
    expect(asSyrinxError(failure("ENOSPC"), "plugin-failed").code).toBe("plugin-failed");
  });
});
