/**
 * The durable record of what the engine did.
 *
 * @module
 */
import { ConfigVersions } from "./config-versions.ts";
import { openDatabase } from "./database.ts";
import { EventJournal } from "./events.ts";
import { SwapJournal } from "./swaps.ts";

export { ConfigVersions } from "./config-versions.ts";
export { type EventBody, EventJournal, type Report } from "./events.ts";
export { SwapJournal, type SwapQuery } from "./swaps.ts";

export interface Journal {
  readonly swaps: SwapJournal;
  readonly events: EventJournal;
  readonly configs: ConfigVersions;
  close(): void;
}

/** @param path of the database file; `:memory:` for a journal that is forgotten */
export function openJournal(path: string): Journal {
  const database = openDatabase(path);
  return {
    swaps: new SwapJournal(database),
    events: new EventJournal(database),
    configs: new ConfigVersions(database),
    close: () => database.close(),
  };
}
