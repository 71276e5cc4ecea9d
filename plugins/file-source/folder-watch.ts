import { type FSWatcher as FileWatcher, watch as watchFile } from "node:fs";
import { basename } from "node:path";
import { type FSWatcher, watch } from "chokidar";

/** Counts the changes in a folder, and of the file that it follows. */
export interface Changes {
  /** Number of changes seen. */
  readonly changes: number;
  /** Resolves when `changes` is no longer `seen`, after `ms`, or when `signal` aborts. */
  changedSince(seen: number, ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Counts changes of one file as well, until the next call. A change before this call may not be counted: read again.
   *
   * @param inode names the file now at `path`; undefined: there is none
   */
  follow(path: string, inode: string | undefined): void;
}

/**
 * Counts the changes in a folder. It watches the folder, because a watch on a file ends when an editor or a Kubernetes mount
 * replaces the file. It also watches the file, because the folder has no events of a write through another name of the file:
 * a hard link, or the other end of a bind mount.
 */
export class FolderWatch implements Changes, AsyncDisposable {
  readonly #folder: string;
  #watcher: FSWatcher;
  #file: FileWatcher | undefined;
  #inode: string | undefined;
  #changes = 0;
  #closed = false;
  #wake = Promise.withResolvers<void>();

  private constructor(folder: string) {
    this.#folder = folder;
    this.#watcher = this.#open();
  }

  /** Resolves once the folder is watched. A missing folder is watched once it is created. */
  static async start(folder: string): Promise<FolderWatch> {
    const started = new FolderWatch(folder);
    await new Promise<void>((ready) => started.#watcher.once("ready", ready));
    return started;
  }

  get changes(): number {
    return this.#changes;
  }

  async changedSince(seen: number, ms: number, signal: AbortSignal): Promise<void> {
    if (this.#changes !== seen || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = () => resolve();
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    try {
      await Promise.race([this.#wake.promise, promise]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
    }
  }

  follow(path: string, inode: string | undefined): void {
    if (inode === this.#inode || this.#closed) return;
    this.#file?.close();
    this.#file = undefined;
    this.#inode = inode;
    if (inode === undefined) return;
    try {
      this.#file = watchFile(path, () => this.#changed()).on("error", () => this.#file?.close());
    } catch {
      // It is gone again, or the user has no watches left. The folder's events and the regular check remain.
      this.#inode = undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#file?.close();
    await this.#watcher.close();
  }

  #open(): FSWatcher {
    return (
      watch(this.#folder, {
        depth: 0,
        ignoreInitial: true,
        followSymlinks: false,
        // The folder's events name every entry, so the entries need no watch.
        ignored: (path) => path !== this.#folder,
      })
        // "raw", because the other events miss a symbolic link that replaces another.
        .on("raw", (_event, name) => {
          // A removed folder sends an event with its own name.
          if (name === basename(this.#folder)) this.#reopen();
          this.#changed();
        })
        .on("addDir", () => this.#reopen())
        .on("error", (error) => {
          console.warn(`Cannot watch ${this.#folder}, so changes are seen later: ${String(error)}`);
        })
    );
  }

  /** A folder that was created again is a new one, and a watcher of the old one does not see its contents. */
  #reopen(): void {
    if (this.#closed) return;
    const old = this.#watcher;
    this.#watcher = this.#open().once("ready", () => this.#changed());
    void old.close();
  }

  #changed(): void {
    this.#changes++;
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}
