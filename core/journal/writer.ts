/**
 * Everything that writes to the journal uses this writer. A disk that is not writable stops nobody: the callers keep
 * what could not be written, and the writer calls them again until it is written.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import { type Clock, systemClock, type Timer } from "../clock.ts";
import { SyrinxError } from "../errors.ts";
import { inWords } from "../system-errors.ts";

/** Time between two attempts to write, in ms. */
const RETRY_MS = 1_000;

export interface WriterOptions {
  clock: Clock;
  /**
   * Called once with the reason when the disk is not writable, and once with undefined when everything is written
   * again.
   */
  changed(refusal: Error | undefined): void;
}

/** Writes what the caller kept, oldest first, until {@linkcode JournalWriter.write} returns false. */
type CatchUp = () => void;

export class JournalWriter {
  readonly #catchUps: CatchUp[] = [];
  readonly #options: WriterOptions;
  #refusal: Error | undefined;
  #retry: Timer | undefined;

  constructor(
    private readonly database: Database,
    { clock = systemClock, changed = () => {} }: Partial<WriterOptions> = {},
  ) {
    this.#options = { clock, changed };
  }

  /** Why the last attempt to write failed. undefined if everything is written. */
  get refusal(): Error | undefined {
    return this.#refusal;
  }

  /** Registers `catchUp`, which is called when the disk may be writable again. */
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
      return true;
    } catch (cause) {
      this.#refuse(cause instanceof Error ? cause : new Error(String(cause)));
      return false;
    }
  }

  /** Tries now to write everything that was kept. @returns whether all of it is written */
  catchUp(): boolean {
    const before = this.#refusal;
    if (!before) return true;
    this.#retry?.cancel();
    this.#refusal = undefined;
    if (this.write(() => this.#touch())) for (const catchUp of this.#catchUps) catchUp();
    if (this.#refusal) return false;
    this.#retry = undefined;
    this.#options.changed(undefined);
    return true;
  }

  /** The error for a request that must be written before it begins. */
  unwritable(): SyrinxError {
    return new SyrinxError(
      "journal-unwritable",
      `Nothing was changed because the journal cannot be written (${inWords(this.#refusal)}). ` +
        `Make room for ${this.database.filename} and try again`,
      { retryAfter: 5, cause: this.#refusal },
    );
  }

  close(): void {
    this.catchUp();
    this.#retry?.cancel();
  }

  /** Writes the same value again, to test whether the disk is writable even if nothing was kept. */
  #touch(): void {
    const { user_version } = this.database.query("PRAGMA user_version").get() as { user_version: number };
    this.database.run(`PRAGMA user_version = ${user_version}`);
  }

  #refuse(cause: Error): void {
    const known = this.#retry !== undefined;
    this.#refusal = cause;
    this.#retry = this.#options.clock.after(RETRY_MS, () => void this.catchUp());
    if (!known) this.#options.changed(cause);
  }
}
