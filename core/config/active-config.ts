/**
 * The active config. Only here does another config take its place.
 *
 * @module
 */
import type { ConfigVersion } from "../../schemas/generated/api.ts";
import { asSyrinxError } from "../errors.ts";
import type { Applier } from "./applier.ts";
import type { LastGood } from "./last-good.ts";
import type { FullConfig, Layer, Validation } from "./layers/mod.ts";
import { applyProblems, type OfferOutcome } from "./outcome.ts";
import { hasChanges, planChange, type RunningSlots } from "./plan.ts";
import type { KnownSources } from "./sources/mod.ts";

/** Who or what brought a config about. */
export type Origin = Pick<ConfigVersion, "cause" | "source" | "actor" | "reason" | "rollbackTo">;

export interface ActiveConfigOptions {
  applier: Applier;
  slots: RunningSlots;
  lastGood: LastGood | undefined;
}

/** A config that is to become the active one. */
export interface Proposal {
  readonly validation: Validation;
  /** The sources that are named from then on. */
  readonly named: readonly string[];
  readonly origin: Origin;
  /** The layers that it was made of, to find the positions of problems. */
  readonly layers?: readonly Layer[];
  /** The origin of the document that has changed. */
  readonly documentOrigin?: string;
}

export class ActiveConfig {
  #version = 0;
  #config: FullConfig | null = null;
  #origin: Origin = {};

  constructor(private readonly options: ActiveConfigOptions) {}

  /** 0: nothing was applied yet. */
  get version(): number {
    return this.#version;
  }

  /** Frozen; null: nothing was applied yet. */
  get config(): FullConfig | null {
    return this.#config;
  }

  /** Who or what brought it about. */
  get origin(): Origin {
    return this.#origin;
  }

  /**
   * Plans and applies a config. If that fails, the config before stays active, and the same sources stay known.
   *
   * @param sources are brought in line with what the config names
   */
  async activate(proposal: Proposal, sources: KnownSources): Promise<OfferOutcome> {
    const { validation, named, origin, layers = [], documentOrigin } = proposal;
    const { config, problems } = validation;
    if (!config) return { outcome: "rejected", problems };
    const before = this.#config;
    const plan = planChange(before, config, this.options.slots);
    if (before && !hasChanges(plan)) {
      sources.follow(named, config);
      return { outcome: "unchanged", version: this.#version };
    }
    const forget = sources.expect(named, config);
    try {
      await this.options.applier.apply(structuredClone(plan), structuredClone(config), before);
    } catch (cause) {
      forget();
      const failure = asSyrinxError(cause);
      return { outcome: "rejected", problems: applyProblems(failure, layers, documentOrigin), failure };
    }
    this.#version = this.#versionOf(config);
    this.#config = deepFreeze(config);
    this.#origin = origin;
    sources.follow(named, config);
    return { outcome: "applied", version: this.#version, plan };
  }

  /** A start on the config of before has its version. Any other config has the next one. */
  #versionOf(config: FullConfig): number {
    const { lastGood } = this.options;
    const newest = Math.max(this.#version, lastGood?.number ?? 0);
    const isAsBefore = !this.#config && lastGood?.config && !hasChanges(planChange(lastGood.config, config));
    return isAsBefore ? newest : newest + 1;
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
