/**
 * Where an engine keeps what it writes, and how commands find the one that runs.
 *
 * @module
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { DEFAULT_URL } from "../../admin/client/mod.ts";

/** @param given of `--home`; else $SYRINX_HOME, else the XDG data folder */
export function homeDirectory(given: string | undefined): string {
  const { SYRINX_HOME, XDG_DATA_HOME } = process.env;
  return resolve(given ?? SYRINX_HOME ?? join(XDG_DATA_HOME || join(homedir(), ".local", "share"), "syrinx"));
}

interface RunningFile {
  pid: number;
  url: string;
}

/** Writes down where the engine listens, for other commands. */
export async function announce(home: string, url: string): Promise<void> {
  await mkdir(home, { recursive: true });
  await writeFile(runningFile(home), JSON.stringify({ pid: process.pid, url } satisfies RunningFile));
}

/** Removes what {@linkcode announce} wrote, unless another engine has written its own since. */
export async function withdraw(home: string): Promise<void> {
  const running = await readRunning(home);
  if (running?.pid === process.pid) await rm(runningFile(home), { force: true });
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
