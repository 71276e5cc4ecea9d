/**
 * Kills every process that a plugin process has started, also those that began a session of their own and those whose parents
 * have ended. They have its mark (core/devices/process-marks.ts).
 *
 * @module
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import type { Clock } from "../clock.ts";
import { MARKS_BEGIN, markedProcesses } from "../devices/mod.ts";

const PROCESS_BITS = 28;
const ENGINE_BITS = 24;

/** From one round to the next. A killed process takes a moment to end. */
const ROUND_MS = 2;
/** A process that starts another and ends at once can slip through a round. */
const CLEAN_ROUNDS = 5;
/** After this many rounds, what is left is in an uninterruptible call of the kernel and ends after that. */
const MAX_ROUNDS = 1_000;

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
  let clean = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const trees = [...markedProcesses()].filter(([mark]) => matches(mark));
    const found = killUnlessEnded(trees.flatMap(([, pids]) => pids));
    clean = found ? 0 : clean + 1;
    if (clean === cleanRounds) return;
    await new Promise<void>((done) => clock.after(ROUND_MS, done));
  }
}

/** @returns whether there was one that had not ended yet */
function killUnlessEnded(pids: readonly number[]): boolean {
  const groups = new Set<number>();
  let found = false;
  for (const pid of pids) {
    // An ended process keeps its mark until its parent has taken note of its end, which may be never.
    const [, state = "X", group] = /\) (\S) \d+ (\d+) /.exec(readText(`/proc/${pid}/stat`)) ?? [];
    if (state === "Z" || state === "X") continue;
    found = true;
    // The kernel lets no process of a group start another while it kills the group. So this ends what starts others faster
    // than they can be killed one by one.
    if (!groups.has(Number(group))) kill(-Number(group));
    groups.add(Number(group));
    kill(pid);
  }
  return found;
}

/** @param target a process, or a group as a negative number */
function kill(target: number): void {
  try {
    process.kill(target, "SIGKILL");
  } catch {
    // It has just ended.
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
