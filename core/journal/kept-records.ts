/**
 * Writes records of one table through the journal's writer, and keeps in memory what could not be written.
 *
 * @module
 */
import type { JournalWriter } from "./writer.ts";

export class KeptRecords<Key, Value> {
  /** By key, oldest first. */
  readonly #unwritten = new Map<Key, Value>();

  /**
   * @param insert writes one record; it replaces one of the same key
   * @param most how many records to keep; then the oldest is dropped
   */
  constructor(
    private readonly writer: JournalWriter,
    private readonly insert: (value: Value) => void,
    private readonly most: number,
  ) {
    writer.keeps(() => this.#catchUp());
  }

  /** Writes a record now, or as soon as the journal is writable. */
  write(key: Key, value: Value): void {
    if (this.writer.write(() => this.insert(value))) return;
    this.#unwritten.delete(key);
    this.#unwritten.set(key, value);
    const [oldest] = this.#unwritten.keys();
    if (oldest !== undefined && this.#unwritten.size > this.most) this.#unwritten.delete(oldest);
  }

  /** @returns a record that is not written yet */
  get(key: Key): Value | undefined {
    return this.#unwritten.get(key);
  }

  /** The records that are not written yet, oldest first. */
  get all(): Value[] {
    return [...this.#unwritten.values()];
  }

  #catchUp(): void {
    for (const [key, value] of this.#unwritten) {
      if (!this.writer.write(() => this.insert(value))) return;
      this.#unwritten.delete(key);
    }
  }
}
