import { homedir } from "node:os";
import { join } from "node:path";

/** @returns the folder of what the bench installs for itself under that name, which outlives the run */
export function cacheFolder(name: string): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "syrinx-bench", name);
}
