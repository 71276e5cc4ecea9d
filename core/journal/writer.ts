/**
 * Everything that writes to the journal uses this writer. It never waits: neither for a disk that is not writable, nor for
 * another process that holds the lock. The callers keep what could not be written, and the writer calls them again until
 * it is written.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import { type Clock, systemClock, type Timer } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import { inWords } from "../system-errors.ts";

/** Time between two attempts to write to a disk that is not writable, in ms. */
const RETRY_MS = 1_000;
/** Time between two attempts while another process holds the lock, in ms. Such an attempt costs about 0.05 ms. */
const LOCKED_RETRY_MS = 50;
/** A lock that is held for less time is not reported, in ms. Another program that reads or writes a little is normal. */
const LOCK_TOLD_MS = 1_000;
/** How long a change that must be written waits for a lock, in ms. */
const LOCK_PATIENCE_MS = 5_000;

export interface WriterOptions {
  clock: Clock;
  /**
   * Called once with the reason when the journal is not writable, and once with undefined when everything is written
   * again.
   */
  changed(refusal: Error | undefined): void;
  /** Called after every transaction that was written. */
  wrote(): void;
}

/** Writes what the caller kept, oldest first, until {@linkcode JournalWriter.write} returns false. */
type CatchUp = () => void;

export class JournalWriter {
  readonly #catchUps: CatchUp[] = [];
  readonly #options: WriterOptions;
  #refusal: Error | undefined;
  #isLocked = false;
  /** When the first of the attempts failed that have failed since; monotonic, in ms. */
  #refusedSince: number | undefined;
  #isTold = false;
  #retry: Timer | undefined;

  constructor(
    private readonly database: Database,
    { clock = systemClock, changed = () => {}, wrote = () => {} }: Partial<WriterOptions> = {},
  ) {
    this.#options = { clock, changed, wrote };
  }

  /** Why the last attempt to write failed. undefined if everything is written. */
  get refusal(): Error | undefined {
    return this.#refusal;
  }

  /** Registers `catchUp`, which is called when the journal may be writable again. */
  keeps(catchUp: CatchUp): void {
    this.#catchUps.push(catchUp);
  }

  /**
   * Runs `work` as one transaction.
   *
   * @returns whether it was written. If not, none of it was, and the caller must keep it
   */
  write(work: () => void): boolean {
    // Kept writes come first.
    if (this.#refusal) return false;
    try {
      this.database.transaction(work).immediate();
    } catch (cause) {
      this.#refuse(cause instanceof Error ? cause : new Error(String(cause)));
      return false;
    }
    this.#options.wrote();
    return true;
  }

  /** Tries now to write everything that was kept. @returns whether all of it is written */
  catchUp(): boolean {
    if (!this.#refusal) return true;
    this.#retry?.cancel();
    this.#refusal = undefined;
    if (this.write(() => this.#touch())) for (const catchUp of this.#catchUps) catchUp();
    if (this.#refusal) return false;
    this.#refusedSince = undefined;
    if (this.#isTold) this.#options.changed(undefined);
    this.#isTold = false;
    return true;
  }

  /**
   * Waits while another process holds the lock, for 5 s at most. For changes that must be written before they begin: their
   * write does not wait, and says why it was refused. A disk that is not writable is not waited for. Never rejects.
   */
  async ready(): Promise<void> {
    const { clock } = this.#options;
    const until = clock.monotonic() + LOCK_PATIENCE_MS;
    while (!this.#tryNow() && this.#isLocked && clock.monotonic() < until)
      await new Promise<void>((done) => clock.after(LOCKED_RETRY_MS, done));
  }

  /**
   * Whether what must be written before it begins has to be refused. A lock that is held for a moment, as by our own
   * checkpoint, is no reason: the record is kept, and written some ms later.
   */
  get refuses(): boolean {
    if (!this.#refusal) return false;
    const lockedMs = this.#options.clock.monotonic() - (this.#refusedSince ?? 0);
    return !this.#isLocked || lockedMs >= LOCK_TOLD_MS;
  }

  /** The error for a request that must be written before it begins. */
  unwritable(): SyrinxError {
    const { filename } = this.database;
    const message = this.#isLocked
      ? `Nothing was changed because another process holds the lock of the journal ${filename}. Try again when it has ended`
      : `Nothing was changed because the journal cannot be written (${inWords(this.#refusal)}). ` +
        `Make room for ${filename} and try again`;
    return new SyrinxError("journal-unwritable", message, { retryAfter: 5, cause: this.#refusal });
  }

  close(): void {
    this.catchUp();
    this.#retry?.cancel();
  }

  /** An empty transaction takes the lock, and writes nothing. */
  #tryNow(): boolean {
    return this.#refusal ? this.catchUp() : this.write(() => {});
  }

  /** Writes the same value again, to test whether the disk is writable even if nothing was kept. */
  #touch(): void {
    const { user_version } = this.database.query("PRAGMA user_version").get() as { user_version: number };
    this.database.run(`PRAGMA user_version = ${user_version}`);
  }

  #refuse(cause: Error): void {
    const { clock, changed } = this.#options;
    this.#isLocked = isLock(cause);
    this.#refusal = this.#isLocked
      ? new Error(`another process holds its lock (${cause.message})`, { cause })
      : cause;
    this.#refusedSince ??= clock.monotonic();
    this.#retry = clock.after(this.#isLocked ? LOCKED_RETRY_MS : RETRY_MS, () => void this.catchUp());
    if (this.#isTold) return;
    if (this.#isLocked && clock.monotonic() - this.#refusedSince < LOCK_TOLD_MS) return;
    this.#isTold = true;
    changed(this.#refusal);
  }
}

/** @returns whether SQLite refused because of the lock; its extended codes say which one, e.g. SQLITE_BUSY_SNAPSHOT */
function isLock(cause: Error): boolean {
  return "code" in cause && String(cause.code).startsWith("SQLITE_BUSY");
}
