/**
 * The config that is in force: the one place where another one takes its place.
 *
 * @module
 */
import type { ConfigVersion } from "../../schemas/generated/api.ts";
import { asSyrinxError } from "../errors.ts";
import type { FullConfig, Layer, Validation } from "./layers/mod.ts";
import type { KnownSources } from "./sources/mod.ts";
import type { LastGood } from "./last-good.ts";
import { applyProblems, type OfferOutcome } from "./outcome.ts";
import { type ConfigPlan, hasChanges, planChange, type TakesLive } from "./plan.ts";

/** Whose doing a config is. */
export type Origin = Pick<ConfigVersion, "cause" | "source" | "actor" | "reason" | "rollbackTo">;

export interface ActiveConfigOptions {
  apply(plan: ConfigPlan, config: FullConfig): Promise<void>;
  takesLive: TakesLive | undefined;
  lastGood: LastGood | undefined;
}

/** A config that is to be in force. */
export interface Proposal {
  readonly validation: Validation;
  /** The sources that are named from then on. */
  readonly named: readonly string[];
  readonly origin: Origin;
  /** That it was made of, for places. */
  readonly layers?: readonly Layer[];
  /** Of the document that has changed. */
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

  /** Whose doing it is. */
  get origin(): Origin {
    return this.#origin;
  }

  /**
   * Plans and applies a config. If that fails, the one before is in force, and the same sources are known.
   *
   * @param sources follow those that it names
   */
  async adopt(proposal: Proposal, sources: KnownSources): Promise<OfferOutcome> {
    const { validation, named, origin, layers = [], documentOrigin } = proposal;
    const { config, problems } = validation;
    if (!config) return { outcome: "rejected", problems };
    const { apply, takesLive, lastGood } = this.options;
    const plan = planChange(this.#config, config, takesLive);
    if (this.#config && !hasChanges(plan)) {
      sources.follow(named, config);
      return { outcome: "unchanged", version: this.#version };
    }
    const forget = sources.expect(named, config);
    try {
      await apply(structuredClone(plan), structuredClone(config));
    } catch (cause) {
      forget();
      const failure = asSyrinxError(cause);
      return { outcome: "rejected", problems: applyProblems(failure, layers, documentOrigin), failure };
    }
    const asBefore = !this.#config && lastGood?.config && planChange(lastGood.config, config);
    const known = Math.max(this.#version, lastGood?.number ?? 0);
    this.#version = asBefore && !hasChanges(asBefore) ? known : known + 1;
    this.#config = deepFreeze(config);
    this.#origin = origin;
    sources.follow(named, config);
    return { outcome: "applied", version: this.#version, plan };
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
