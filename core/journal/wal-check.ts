/**
 * Finds out, before the journal is opened, whether its write-ahead log is lost or damaged. SQLite itself says nothing: it reads
 * the log up to the first damaged frame, and a missing log as an empty one.
 *
 * The format of the log: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 *
 * @module
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** First word of a log whose checksums are over big-endian words. Over little-endian ones, it is one less. */
const MAGIC_BIG_ENDIAN = 0x377f0683;

/**
 * @param path of the journal, which nothing has open
 * @returns what the operator should know; undefined: the log is whole, or there is none and none is needed
 */
export function walDamage(path: string): string | undefined {
  if (!existsSync(`${path}-wal`)) {
    if (!existsSync(openMark(path))) return undefined;
    return (
      `the journal's write-ahead log ${path}-wal is gone, although the engine did not end by itself: ` +
      "unless another program has opened the journal since, its last changes are lost"
    );
  }
  const { whole, written } = framesOf(readFileSync(`${path}-wal`));
  if (whole === written) return undefined;
  return `the journal's write-ahead log ${path}-wal is damaged: ${written - whole} of its ${written} pages are lost, and the last changes with them`;
}

/** Notes that the journal is open. A start that finds the note knows that the engine did not close it. */
export function markOpen(path: string): void {
  writeFileSync(openMark(path), "", { mode: 0o600 });
}

/** Notes that the journal was closed, and its log with it. */
export function markClosed(path: string): void {
  rmSync(openMark(path), { force: true });
}

function openMark(path: string): string {
  return `${path}.open`;
}

/** @returns how many frames were written since the log was last begun anew, and how many of them SQLite will read */
function framesOf(log: Buffer): { whole: number; written: number } {
  if (log.length < HEADER_BYTES) return { whole: 0, written: 0 };
  const isBigEndian = log.readUInt32BE(0) === MAGIC_BIG_ENDIAN;
  const pageBytes = log.readUInt32BE(8);
  const frameBytes = FRAME_HEADER_BYTES + pageBytes;
  const salts = log.subarray(16, 24);
  const sum = checksum(log.subarray(0, 24), [0, 0], isBigEndian);
  if (pageBytes < 512 || !isSum(log, 24, sum)) return { whole: 0, written: 1 };
  let [whole, written, isWhole] = [0, 0, true];
  let before = sum;
  for (let at = HEADER_BYTES; at + frameBytes <= log.length; at += frameBytes) {
    // Frames with other salts are left from before the log was last begun anew.
    if (!log.subarray(at + 8, at + 16).equals(salts)) {
      isWhole = false;
      continue;
    }
    written++;
    if (!isWhole) continue;
    before = checksum(log.subarray(at, at + 8), before, isBigEndian);
    before = checksum(log.subarray(at + FRAME_HEADER_BYTES, at + frameBytes), before, isBigEndian);
    isWhole = isSum(log, at + 16, before);
    if (isWhole) whole++;
  }
  return { whole, written };
}

type Sum = readonly [number, number];

/** SQLite's checksum: over pairs of words, each sum with the other one, in 32 bits. */
function checksum(bytes: Buffer, [first, second]: Sum, isBigEndian: boolean): Sum {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [a, b] = [first, second];
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    a = (a + view.getUint32(at, !isBigEndian) + b) >>> 0;
    b = (b + view.getUint32(at + 4, !isBigEndian) + a) >>> 0;
  }
  return [a, b];
}

function isSum(log: Buffer, at: number, [first, second]: Sum): boolean {
  return log.readUInt32BE(at) === first && log.readUInt32BE(at + 4) === second;
}
