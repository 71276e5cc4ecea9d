import { stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * The config's folder is there anew, and the sandbox does not let this process read it: its rule is for the folder of before. Only
 * a new process gets a rule for the new folder.
 */
export class FolderReplaced extends Error {
  override readonly name = "FolderReplaced";

  constructor(path: string) {
    super(
      `${dirname(path)} was made after this process started, which may not read it: it ends, and a new one reads it`,
    );
  }
}

/** Tells whether a folder is the one that was there when the process started. */
export class FolderIdentity {
  readonly #first = new Map<string, string | undefined>();

  /** Notes which folder is there, if this is the first time in this process. */
  async note(path: string): Promise<void> {
    const folder = dirname(path);
    if (this.#first.has(folder)) return;
    // Before the wait, so that a second call keeps to the first one.
    this.#first.set(folder, undefined);
    this.#first.set(folder, await identityOf(folder));
  }

  /** @returns `gone`: there is none now; `same`: as at the start; `other`: it was made since */
  async state(path: string): Promise<"gone" | "same" | "other"> {
    const now = await identityOf(dirname(path));
    if (now === undefined) return "gone";
    return now === this.#first.get(dirname(path)) ? "same" : "other";
  }
}

async function identityOf(folder: string): Promise<string | undefined> {
  try {
    const { dev, ino, birthtimeMs } = await stat(folder);
    // A file system may give the number of a deleted folder to the next one.
    return `${dev}:${ino}:${birthtimeMs}`;
  } catch {
    return undefined;
  }
}
