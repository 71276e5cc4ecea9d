/**
 * What became of configs: reported as events, and kept as versions and rejections.
 *
 * @module
 */
import type { Report } from "../journal/mod.ts";
import type { ActiveConfig, Origin } from "./active-config.ts";
import type { StoredApiChanges } from "./api-changes.ts";
import { jsonPatch } from "./json/mod.ts";
import type { LastGood } from "./last-good.ts";
import type { FullConfig } from "./layers/mod.ts";
import type { OfferOutcome } from "./outcome.ts";
import type { KnownSources } from "./sources/mod.ts";
import type { VersionJournal } from "./version-journal.ts";

export interface ConfigRecordOptions {
  report: Report | undefined;
  versions: VersionJournal | undefined;
  active: ActiveConfig;
  sources: KnownSources;
  apiChanges: StoredApiChanges;
  lastGood: LastGood | undefined;
}

export class ConfigRecord {
  #keepsVersions = false;
  /** The config of the newest version that was written. */
  #written: FullConfig | undefined;

  constructor(private readonly options: ConfigRecordOptions) {
    this.#written = options.lastGood?.config ?? undefined;
  }

  /** Writes the active version, if it is a new one, and from now on each new version. */
  keepVersions(): void {
    const { active, lastGood } = this.options;
    this.#keepsVersions = true;
    if (active.version !== lastGood?.number) this.#write();
  }

  /**
   * Reports what became of a candidate, and writes it down.
   *
   * @returns the same outcome
   */
  tell(outcome: OfferOutcome, { cause, source, actor }: Origin): OfferOutcome {
    const { report, versions, active, lastGood } = this.options;
    const by = {
      ...(cause !== undefined && { cause }),
      ...(source !== undefined && { source }),
      ...(actor !== undefined && { actor }),
    };
    const event = { kind: "config", version: active.version, ...by } as const;
    if (outcome.outcome === "applied") {
      report?.({ ...event, outcome: "applied" });
      if (this.#keepsVersions) this.#write();
    }
    if (outcome.outcome === "held") report?.({ ...event, outcome: "held" });
    if (outcome.outcome === "rejected") {
      const problems = [...outcome.problems];
      report?.({ ...event, outcome: "rejected", problems });
      const what = outcome.failure ? "failed" : "rejected";
      const base = Math.max(active.version, lastGood?.number ?? 0);
      versions?.reject({ base, ...by, outcome: what, problems });
    }
    return outcome;
  }

  #write(): void {
    const { versions, active, sources, apiChanges } = this.options;
    const config = active.config as FullConfig;
    versions?.write({
      number: active.version,
      ...active.origin,
      outcome: "applied",
      ...(this.#written && { patch: jsonPatch(this.#written, config) }),
      document: config,
      layers: sources.layersWith(apiChanges.now),
    });
    this.#written = config;
  }
}
