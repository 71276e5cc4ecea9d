/**
 * What became of configs: told as events, and written down as versions and rejections.
 *
 * @module
 */
import type { ConfigLayer, ConfigRejection, ConfigVersion } from "../../schemas/generated/api.ts";
import type { Report } from "../journal/mod.ts";
import type { ActiveConfig, Origin } from "./active-config.ts";
import type { FullConfig } from "./layers/mod.ts";
import { jsonPatch } from "./json/mod.ts";
import type { LastGood } from "./last-good.ts";
import type { OfferOutcome } from "./outcome.ts";

/** Keeps versions and rejections from one start to the next. No method throws. */
export interface VersionJournal {
  newest(): ConfigVersion | undefined;
  write(version: Omit<ConfigVersion, "at">): void;
  reject(rejection: Omit<ConfigRejection, "id" | "at">): void;
}

export interface ConfigRecordOptions {
  report: Report | undefined;
  versions: VersionJournal | undefined;
  active: ActiveConfig;
  lastGood: LastGood | undefined;
  /** @returns what the config in force is made of */
  layers(): ConfigLayer[];
}

export class ConfigRecord {
  #loadPolicy = false;
  /** The config of the newest version that was written down. */
  #written: FullConfig | undefined;

  constructor(private readonly options: ConfigRecordOptions) {
    this.#written = options.lastGood?.config ?? undefined;
  }

  /** Writes the version in force down, if that is a new one, and from now on each that follows. */
  keepVersions(): void {
    const { active, lastGood } = this.options;
    this.#loadPolicy = true;
    if (active.version !== lastGood?.number) this.#keep();
  }

  /**
   * Tells what became of a candidate; one that was turned down is written down as well.
   *
   * @returns the same
   */
  tell(outcome: OfferOutcome, { cause, source, actor }: Origin): OfferOutcome {
    const { report, versions, active, lastGood } = this.options;
    const whose = {
      ...(cause !== undefined && { cause }),
      ...(source !== undefined && { source }),
      ...(actor !== undefined && { actor }),
    };
    const event = { kind: "config", version: active.version, ...whose } as const;
    if (outcome.outcome === "applied") {
      report?.({ ...event, outcome: "applied" });
      if (this.#loadPolicy) this.#keep();
    }
    if (outcome.outcome === "held") report?.({ ...event, outcome: "held" });
    if (outcome.outcome === "rejected") {
      const problems = [...outcome.problems];
      report?.({ ...event, outcome: "rejected", problems });
      const what = outcome.failure ? "failed" : "rejected";
      const base = Math.max(active.version, lastGood?.number ?? 0);
      versions?.reject({ base, ...whose, outcome: what, problems });
    }
    return outcome;
  }

  #keep(): void {
    const { versions, active, layers } = this.options;
    const config = active.config as FullConfig;
    versions?.write({
      number: active.version,
      ...active.origin,
      outcome: "applied",
      ...(this.#written && { patch: jsonPatch(this.#written, config) }),
      document: config,
      layers: layers(),
    });
    this.#written = config;
  }
}
