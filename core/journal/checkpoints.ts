/**
 * Writes the write-ahead log back into the database from time to time. That waits for the disk (fsync), so it runs on a
 * thread of its own: on a disk whose fsync takes 500 ms, it stopped the engine for 1.5 s after every 390 events.
 *
 * @module
 */
import type { Tell } from "./row-reader.ts";

/** Transactions between two checkpoints. Each has about 3 pages of 4 KiB, so the log has a few MiB. */
const INTERVAL = 300;

/** The answer of checkpoint-worker.ts: why the checkpoint failed; undefined: it did not. */
export type CheckpointAnswer = { failure: string | undefined };

export class Checkpoints {
  #transactions = 0;
  /** A thread lives for one checkpoint, about 15 ms: between checkpoints it costs no memory. */
  #worker: Worker | undefined;
  #isFailureTold = false;

  /** @param path of the database */
  constructor(
    private readonly path: string,
    private readonly tell: Tell,
  ) {}

  /** Counts a transaction, and begins a checkpoint if it is time for one. */
  count(): void {
    if (++this.#transactions < INTERVAL || this.#worker) return;
    this.#transactions = 0;
    const worker = new Worker(new URL("./checkpoint-worker.ts", import.meta.url).href);
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<CheckpointAnswer>) => this.#over(data.failure);
    worker.onerror = ({ message }) => this.#over(message);
    worker.postMessage(this.path);
    // The engine must be able to exit meanwhile.
    worker.unref();
  }

  close(): void {
    this.#worker?.terminate();
    this.#transactions = Number.NEGATIVE_INFINITY;
  }

  #over(failure: string | undefined): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    if (failure !== undefined && !this.#isFailureTold)
      this.tell(
        `the journal's write-ahead log ${this.path}-wal could not be written back, and grows until that works: ${failure}`,
      );
    this.#isFailureTold = failure !== undefined;
  }
}
