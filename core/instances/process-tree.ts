/**
 * Finds and kills every process that a plugin process has started, also those that began a session of their own and those
 * whose parents have ended.
 *
 * Parents and sessions do not tell where such a process comes from. So the launcher sets the limit of file locks
 * (RLIMIT_LOCKS) to a number, the mark. Linux has not used this limit since 2.4, every child inherits it, everyone may read
 * it, and the sandbox refuses to change it. An engine may seldom create cgroups, which could do the same.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import type { Clock } from "../clock.ts";

/** Marks are above 2^52, and no real limit is. They are below 2^53, so that they are exact in JSON. */
const MARKS_BEGIN = 2 ** 52;
const PROCESS_BITS = 28;
const ENGINE_BITS = 24;

/** From one round to the next. A killed process takes a moment to end. */
const ROUND_MS = 2;
/** A process that starts another and ends at once can slip through a round. */
const CLEAN_ROUNDS = 5;
/** After this many rounds, what is left is in an uninterruptible call of the kernel and ends after that. */
const MAX_ROUNDS = 1_000;
/** Other work of the core comes in between. A look takes about 20 µs. */
const LOOKS_PER_TURN = 50;

/**
 * @param folder data folder of the engine, which no other engine uses and which exists
 * @returns a mark for the tree of one process
 */
export function newMark(folder: string): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return MARKS_BEGIN + engineOf(folder) * 2 ** PROCESS_BITS + (random >>> (32 - PROCESS_BITS));
}

/** Kills all processes with a mark. Resolves when none is left, or after about 2 s. */
export function endTree(mark: number, clock: Clock): Promise<void> {
  return endMarked((found) => found === mark, CLEAN_ROUNDS, clock);
}

/**
 * Kills what the plugins of an earlier engine have left behind, because that engine was killed. Call it before the first
 * plugin starts, and only while no other engine can use the same folder.
 *
 * @param folder data folder of the engine; if it does not exist, nothing is left
 */
export async function endLeftovers(folder: string, clock: Clock): Promise<void> {
  if (!existsSync(folder)) return;
  const first = MARKS_BEGIN + engineOf(folder) * 2 ** PROCESS_BITS;
  await endMarked((mark) => mark >= first && mark < first + 2 ** PROCESS_BITS, 1, clock);
}

/**
 * The folder's path would not do: engines in containers can have the same one, and see each other's processes.
 *
 * @returns a number below 2^24
 */
function engineOf(folder: string): number {
  const { dev, ino } = statSync(folder);
  return Number(BigInt(Bun.hash(`${dev}:${ino}`)) & BigInt(2 ** ENGINE_BITS - 1));
}

/** @param cleanRounds ends after so many rounds in a row that found nothing */
async function endMarked(
  matches: (mark: number) => boolean,
  cleanRounds: number,
  clock: Clock,
): Promise<void> {
  const others = new Set<number>();
  let clean = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    clean = (await killAll(matches, others, clock)) ? 0 : clean + 1;
    if (clean === cleanRounds) return;
    await pause(clock, ROUND_MS);
  }
}

/**
 * Reads synchronously, so that no time passes between the look at a process and its end.
 *
 * @param others processes that do not match. They are not looked at again, so that the next round is quick
 * @returns whether there was one that had not ended yet
 */
async function killAll(
  matches: (mark: number) => boolean,
  others: Set<number>,
  clock: Clock,
): Promise<boolean> {
  let found = false;
  let looked = 0;
  for (const name of readdir("/proc")) {
    const pid = Number(name);
    if (!(pid > 0) || others.has(pid)) continue;
    const mark = markOf(pid);
    if (mark === undefined || !matches(mark)) others.add(pid);
    else if (killUnlessEnded(pid)) found = true;
    if (++looked % LOOKS_PER_TURN === 0) await pause(clock, 0);
  }
  return found;
}

function markOf(pid: number): number | undefined {
  const limit = /^Max file locks +\d+ +(\d+)/m.exec(readText(`/proc/${pid}/limits`))?.[1];
  return limit === undefined ? undefined : Number(limit);
}

function killUnlessEnded(pid: number): boolean {
  // An ended process keeps its limits until its parent has taken note of its end, which may be never.
  if (/\) [ZX] /.test(readText(`/proc/${pid}/stat`))) return false;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has just ended.
  }
  return true;
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((done) => clock.after(ms, done));
}

/** @returns nothing where there is no /proc, as on macOS */
function readdir(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** @returns the empty string if the process has ended */
function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
