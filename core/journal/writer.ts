/**
 * The one gate through which the journal is written. A disk that takes nothing stops nobody: those who write keep what
 * they could not, and are asked for it again until it is taken.
 *
 * @module
 */
import type { Database } from "bun:sqlite";
import { type Clock, systemClock, type Timer } from "../clock.ts";
import { SyrinxError } from "../errors.ts";

/** How long the disk is left alone after it took nothing, in ms. */
const RETRY_MS = 1_000;

export interface WriterOptions {
  clock: Clock;
  /** Told once that the disk takes nothing, with why, and once that everything is written again. */
  changed(refusal: Error | undefined): void;
}

/** Writes what was kept, oldest first, until {@linkcode JournalWriter.write} says that it was not taken. */
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

  /** Why the disk took nothing when it was tried last; undefined if all is written. */
  get refusal(): Error | undefined {
    return this.#refusal;
  }

  /** Has `catchUp` called when the disk may have room again. */
  keeps(catchUp: CatchUp): void {
    this.#catchUps.push(catchUp);
  }

  /**
   * Runs `work` as one transaction.
   *
   * @returns whether it was written; if not, nothing of it is, and it is for the caller to keep it
   */
  write(work: () => void): boolean {
    // What is kept goes first.
    if (this.#refusal) return false;
    try {
      this.database.transaction(work).immediate();
      return true;
    } catch (cause) {
      this.#refuse(cause instanceof Error ? cause : new Error(String(cause)));
      return false;
    }
  }

  /** Tries to write what is kept, now. @returns whether all of it is written */
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

  /** What to tell those who asked for something that does not begin unless it is written down. */
  unwritable(): SyrinxError {
    return new SyrinxError(
      "journal-unwritable",
      `Nothing was changed, as the journal cannot be written (${this.#refusal?.message}). ` +
        `Make room for ${this.database.filename} and ask again`,
      { retryAfter: 5, cause: this.#refusal },
    );
  }

  close(): void {
    this.catchUp();
    this.#retry?.cancel();
  }

  /** Writes a page that says what it said: it tells whether there is room, also where nothing was kept. */
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
