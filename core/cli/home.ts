/**
 * Where an engine keeps what it writes, and how commands find the one that runs.
 *
 * @module
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { DEFAULT_URL } from "../../admin/client/mod.ts";
import type { Logger } from "../log.ts";
import { inWords } from "../system-errors.ts";

/** @param given of `--home`; else $SYRINX_HOME, else the XDG data folder */
export function homeDirectory(given: string | undefined): string {
  const { SYRINX_HOME, XDG_DATA_HOME } = process.env;
  return resolve(given ?? SYRINX_HOME ?? join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "syrinx"));
}

interface RunningFile {
  pid: number;
  url: string;
}

/**
 * Writes down where the engine listens, for other commands. The engine serves without it as well, so a full disk is only a
 * warning.
 */
export async function announce(home: string, url: string, log: Pick<Logger, "warn">): Promise<void> {
  try {
    await mkdir(home, { recursive: true });
    await writeFile(runningFile(home), JSON.stringify({ pid: process.pid, url } satisfies RunningFile));
  } catch (cause) {
    log.warn(
      `Cannot write ${runningFile(home)}: ${inWords(cause)}. Other commands do not find this engine by itself: give them --url ${url}`,
    );
  }
}

/** Removes what {@linkcode announce} wrote, unless another engine has written its own since. */
export async function withdraw(home: string, log: Pick<Logger, "warn">): Promise<void> {
  const running = await readRunning(home);
  if (running?.pid !== process.pid) return;
  try {
    await rm(runningFile(home), { force: true });
  } catch (cause) {
    log.warn(`Cannot remove ${runningFile(home)}: ${inWords(cause)}`);
  }
}

/** @returns where the engine of this home listens, if it was announced; else the default address */
export async function announcedUrl(home: string): Promise<string> {
  return (await readRunning(home))?.url ?? DEFAULT_URL;
}

function runningFile(home: string): string {
  return join(home, "engine.json");
}

async function readRunning(home: string): Promise<RunningFile | undefined> {
  try {
    return JSON.parse(await readFile(runningFile(home), "utf8")) as RunningFile;
  } catch {
    return undefined;
  }
}
