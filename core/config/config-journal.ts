/**
 * Where the config is kept from one start to the next.
 *
 * @module
 */
import type { ConfigRejection, ConfigApiChanges, ConfigVersion } from "../../schemas/generated/api.ts";

/** No method throws. */
export interface VersionJournal {
  newest(): ConfigVersion | undefined;
  write(version: Omit<ConfigVersion, "at">): void;
  reject(rejection: Omit<ConfigRejection, "id" | "at">): void;
}

export interface ApiChangesJournal {
  read(): ConfigApiChanges;
  /** @throws SyrinxError journal-unwritable with `refuse`; with `keep`, it is written as soon as it can be */
  write(apiChanges: ConfigApiChanges, whenUnwritable: "refuse" | "keep"): void;
}
