import { basename } from "node:path";
import { type FSWatcher, watch } from "chokidar";

/** What happens in a folder, counted. */
export interface Changes {
  /** How often something was seen to change. */
  readonly changes: number;
  /** Resolves when `changes` is no longer `seen`, when `ms` have gone by, or when `signal` aborts. */
  changedSince(seen: number, ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * Counts what happens in a folder. The folder is watched and not the file, since a watch on a file ends when an
 * editor or a Kubernetes mount puts another in its place.
 */
export class FolderWatch implements Changes, AsyncDisposable {
  readonly #folder: string;
  #watcher: FSWatcher;
  #changes = 0;
  #closed = false;
  #wake = Promise.withResolvers<void>();

  private constructor(folder: string) {
    this.#folder = folder;
    this.#watcher = this.#open();
  }

  /** Resolves once the folder is watched; it may be missing, and is then watched from when it is made. */
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

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#watcher.close();
  }

  #open(): FSWatcher {
    return (
      watch(this.#folder, {
        depth: 0,
        ignoreInitial: true,
        followSymlinks: false,
        // The folder's own events tell of every name in it, so that nothing in it needs a watch of its own.
        ignored: (path) => path !== this.#folder,
      })
        // "raw", since the other events pass over a symbolic link that is put in the place of another.
        .on("raw", (_event, name) => {
          // A folder that is removed says so by its own name.
          if (name === basename(this.#folder)) this.#reopen();
          this.#changed();
        })
        .on("addDir", () => this.#reopen())
        .on("error", (error) => {
          console.warn(`Cannot watch ${this.#folder}, so changes are seen later: ${String(error)}`);
        })
    );
  }

  /** A folder that was made again is another one, whose contents a watcher of the old one does not see. */
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
