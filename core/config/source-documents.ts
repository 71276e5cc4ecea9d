/**
 * The way of a document that a source yields: validated, then applied, or held while the config is pinned, or turned down.
 *
 * @module
 */
import type { SourceItem } from "../../schemas/generated/hooks.ts";
import type { ActiveConfig, Origin } from "./active-config.ts";
import type { ConfigRecord } from "./config-record.ts";
import {
  type Candidate,
  type KnownSource,
  type KnownSources,
  UNTRIED,
  type ValidatedComposition,
} from "./sources/mod.ts";
import { type Inspect, inspected, type Layer, type Validation } from "./layers/mod.ts";
import type { OfferOutcome } from "./outcome.ts";
import { changesReleases, hasChanges, planChange } from "./plan.ts";
import { effectiveConfig, type StoredApiChanges } from "./api-changes.ts";

export interface SourceDocumentsOptions {
  sources: KnownSources;
  apiChanges: StoredApiChanges;
  active: ActiveConfig;
  record: ConfigRecord;
  inspect: Inspect | undefined;
  /** @returns whether a source has something newer, which waits for its turn */
  waits(source: string): boolean;
}

export class SourceDocuments {
  constructor(private readonly options: SourceDocumentsOptions) {}

  /** Puts down that a source has said something, which waits for its turn. */
  announce(source: KnownSource, { origin }: SourceItem): void {
    Object.assign(source, { state: "waiting", origin, problems: [], ...UNTRIED });
  }

  /** Takes what a source has said, in its turn. */
  async take(source: KnownSource, item: SourceItem): Promise<OfferOutcome> {
    // The config has stopped to name it while it waited for its turn.
    if (!this.options.sources.all.includes(source)) return { outcome: "superseded" };
    Object.assign(source, UNTRIED);
    if ("problem" in item) {
      const { problem: message, origin, line, column } = item;
      const problems = [{ pointer: "", message, origin, line, column }];
      return this.#note(source, { outcome: "rejected", problems });
    }
    const outcome = await this.#try(source, item);
    if (outcome.outcome === "applied" || outcome.outcome === "held") await this.retryOthers(outcome, source);
    return outcome;
  }

  /**
   * Tries again what was refused before a change. Two sources may need each other, e.g. an alias in one for a voice in the
   * other, and come in any order; and what a plugin was not granted may be granted elsewhere. What is taken then is a change
   * for others in its turn.
   *
   * @param cause whose document was the change
   */
  async retryOthers(outcome: OfferOutcome, cause?: KnownSource): Promise<void> {
    const { sources, waits } = this.options;
    const changes = [outcome];
    for (const change of changes) {
      const mayApply = change.outcome === "applied" && changesReleases(change.plan);
      for (const source of sources.all) {
        const refused = source.unfit ?? (mayApply ? source.unapplied : undefined);
        // One that was tried before it may have taken it away.
        if (!sources.all.includes(source)) continue;
        if (source === cause || !refused || waits(source.name)) continue;
        Object.assign(source, UNTRIED);
        const tried = await this.#try(source, refused);
        if (tried.outcome === "applied" || tried.outcome === "held") changes.push(tried);
      }
    }
  }

  /** @returns the config that a document would make with all others, or its problems */
  candidate(candidate: Candidate): ValidatedComposition {
    const { sources, apiChanges, inspect } = this.options;
    const { validation, ...composition } = sources.composeWith(apiChanges.now, candidate);
    return { ...composition, validation: inspected(validation, composition.layers, inspect) };
  }

  async #try(source: KnownSource, layer: Layer): Promise<OfferOutcome> {
    const { sources, apiChanges } = this.options;
    const { validation, named, layers } = this.candidate({ source: source.name, layer });
    if (!validation.config) source.unfit = layer;
    const origin = this.#originOf(source);
    const proposal = { validation, named, origin, layers, documentOrigin: layer.origin };
    const outcome = apiChanges.now.pinned
      ? this.#hold(validation, named)
      : await this.options.active.adopt(proposal, sources);
    if (outcome.outcome !== "rejected") source.layer = layer;
    else if (outcome.failure) source.unapplied = layer;
    return this.#note(source, outcome, origin);
  }

  #hold({ config, problems }: Validation, named: readonly string[]): OfferOutcome {
    if (!config) return { outcome: "rejected", problems };
    const { sources, apiChanges, active } = this.options;
    // At the start, the pinned config does not apply yet.
    const pinned = active.config ?? effectiveConfig([], apiChanges.now).config;
    sources.follow(named, pinned);
    const outcome = !pinned || hasChanges(planChange(pinned, config)) ? "held" : "unchanged";
    return { outcome, version: active.version };
  }

  /** The first config of a start is another than before as a change has gone back, whatever the sources say. */
  #originOf({ name }: KnownSource): Origin {
    const { apiChanges, active } = this.options;
    return { cause: apiChanges.reverted && !active.config ? "revert" : "source", source: name };
  }

  #note(source: KnownSource, outcome: OfferOutcome, origin = this.#originOf(source)): OfferOutcome {
    this.options.record.tell(outcome, origin);
    // Something newer was offered meanwhile, and its own outcome is what the status will tell.
    if (this.options.waits(source.name)) return outcome;
    source.state =
      outcome.outcome === "rejected" ? "rejected" : outcome.outcome === "held" ? "held" : "accepted";
    source.problems = outcome.outcome === "rejected" ? outcome.problems : [];
    return outcome;
  }
}
