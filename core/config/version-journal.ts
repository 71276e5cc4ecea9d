/**
 * Where the versions of the config and the rejected candidates are kept from one start to the next.
 *
 * @module
 */
import type { ConfigRejection, ConfigVersion } from "../../schemas/generated/api.ts";
import type { Clock } from "../clock.ts";
import type { Journal } from "../journal/mod.ts";
import type { Logger } from "../log.ts";

/** No method throws. */
export interface VersionJournal {
  newest(): ConfigVersion | undefined;
  write(version: Omit<ConfigVersion, "at">): void;
  reject(rejection: Omit<ConfigRejection, "id" | "at">): void;
}

/** Writes to the engine's journal. A config whose version cannot be written, e.g. because the disk is full, applies anyway. */
export class JournaledVersions implements VersionJournal {
  constructor(
    private readonly journal: Pick<Journal, "configs" | "rejections">,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  newest(): ConfigVersion | undefined {
    return this.journal.configs.newest();
  }

  write(version: Omit<ConfigVersion, "at">): void {
    this.#try(() => this.journal.configs.write({ ...version, at: this.#now() }));
  }

  reject(rejection: Omit<ConfigRejection, "id" | "at">): void {
    this.#try(() => this.journal.rejections.write({ ...rejection, at: this.#now() }));
  }

  #try(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.log.error({ err: error }, "the result of a config could not be written to the journal");
    }
  }

  /** RFC 3339. */
  #now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}
