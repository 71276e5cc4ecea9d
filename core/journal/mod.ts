/**
 * The durable record of what the engine did.
 *
 * @module
 */
import { openDatabase } from "./database.ts";
import { SwapJournal } from "./swaps.ts";

export { SwapJournal, type SwapQuery } from "./swaps.ts";

export interface Journal {
  readonly swaps: SwapJournal;
  close(): void;
}

/** @param path of the database file; `:memory:` for a journal that is forgotten */
export function openJournal(path: string): Journal {
  const database = openDatabase(path);
  return { swaps: new SwapJournal(database), close: () => database.close() };
}
