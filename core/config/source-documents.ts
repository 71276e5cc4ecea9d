/**
 * What happens to a document of a source: it is validated, then applied, or held while the config is pinned, or rejected.
 *
 * @module
 */
import type { SourceItem } from "../../schemas/generated/hooks.ts";
import { overLimits } from "../json-limits.ts";
import type { ActiveConfig, Origin } from "./active-config.ts";
import { effectiveConfig, overriddenIn, type StoredApiChanges } from "./api-changes.ts";
import type { ConfigRecord } from "./config-record.ts";
import { changedPointers } from "./json/mod.ts";
import type { LatestWinsQueue } from "./latest-wins-queue.ts";
import { checkSlots, type FullConfig, type Layer, type SlotChecker, type Validation } from "./layers/mod.ts";
import type { OfferOutcome } from "./outcome.ts";
import { changesReleases, hasChanges, planChange } from "./plan.ts";
import {
  type Candidate,
  type KnownSource,
  type KnownSources,
  UNTRIED,
  type ValidatedComposition,
} from "./sources/mod.ts";

export interface SourceDocumentsOptions {
  sources: KnownSources;
  apiChanges: StoredApiChanges;
  active: ActiveConfig;
  record: ConfigRecord;
  slots: SlotChecker;
  /** Where documents wait for their turn, by the name of their source. */
  queue: Pick<LatestWinsQueue<OfferOutcome>, "waits">;
}

export class SourceDocuments {
  constructor(private readonly options: SourceDocumentsOptions) {}

  /** Notes that a source has a new document, which waits for its turn. */
  announce(source: KnownSource, { origin }: SourceItem): void {
    Object.assign(source, { state: "waiting", origin, problems: [], ...UNTRIED });
  }

  /** Takes a document of a source, in its turn. */
  async take(source: KnownSource, item: SourceItem): Promise<OfferOutcome> {
    // The config may have stopped naming the source while the document waited.
    if (!this.options.sources.all.includes(source)) return { outcome: "superseded" };
    Object.assign(source, UNTRIED);
    if ("problem" in item) {
      const { problem: message, origin, line, column } = item;
      const problems = [{ pointer: "", message, origin, line, column }];
      return this.#note(source, { outcome: "rejected", problems });
    }
    // Before it is merged with anything, because a merge calls itself for each level.
    const excess = overLimits(item.document);
    if (excess) {
      const problem = {
        pointer: "",
        message: `the document cannot be read as ${excess}`,
        origin: item.origin,
      };
      return this.#note(source, { outcome: "rejected", problems: [problem] });
    }
    const outcome = await this.#try(source, item);
    if (outcome.outcome === "applied" || outcome.outcome === "held") await this.retryOthers(outcome, source);
    return outcome;
  }

  /** @returns the config that a document would make with all others, or its problems */
  candidate(candidate: Candidate): ValidatedComposition {
    const { sources, apiChanges, slots, active } = this.options;
    const { validation, ...composition } = sources.composeWith(apiChanges.now, candidate);
    return { ...composition, validation: checkSlots(validation, composition.layers, slots, active.config) };
  }

  /**
   * Tries again the documents that were rejected before a change. Two sources may need each other, e.g. an alias in one and
   * its voice in the other, and come in any order. And a permission that a plugin lacked may be granted elsewhere. A document
   * that is accepted now is a change for the others in its turn.
   *
   * @param outcome the change
   * @param cause the source whose document was the change
   */
  async retryOthers(outcome: OfferOutcome, cause?: KnownSource): Promise<void> {
    const { sources, queue } = this.options;
    const changes = [outcome];
    for (const change of changes) {
      const mayApply = change.outcome === "applied" && changesReleases(change.plan);
      for (const source of sources.all) {
        const rejected = source.unfit ?? (mayApply ? source.unapplied : undefined);
        // A document that was tried before it may have removed the source.
        if (!sources.all.includes(source)) continue;
        // A newer document of the source decides, once it is its turn.
        if (source === cause || !rejected || queue.waits(source.name)) continue;
        Object.assign(source, UNTRIED);
        const tried = await this.#try(source, rejected);
        if (tried.outcome === "applied" || tried.outcome === "held") changes.push(tried);
      }
    }
  }

  async #try(source: KnownSource, layer: Layer): Promise<OfferOutcome> {
    const { sources, apiChanges, active } = this.options;
    const { validation, named, layers } = this.candidate({ source: source.name, layer });
    if (!validation.config) source.unfit = layer;
    const origin = this.#originOf(source);
    const outcome = apiChanges.now.pinned
      ? this.#hold(validation, named)
      : await active.activate({ validation, named, origin, layers, documentOrigin: layer.origin }, sources);
    const overridden = this.#newlyOverridden(source.layer?.document, layer.document);
    if (outcome.outcome !== "rejected") source.layer = layer;
    else if (outcome.failure) source.unapplied = layer;
    const isTaken = outcome.outcome === "applied" || outcome.outcome === "unchanged";
    return this.#note(
      source,
      isTaken && overridden.length > 0 ? { ...outcome, overridden } : outcome,
      origin,
    );
  }

  /** @param before undefined: the source had no document. At a start, nobody has just changed a value */
  #newlyOverridden(before: unknown, document: unknown): string[] {
    if (before === undefined) return [];
    const changed = new Set(changedPointers(before, document));
    return overriddenIn(document, this.options.apiChanges.now).filter((pointer) => changed.has(pointer));
  }

  #hold({ config, problems }: Validation, named: readonly string[]): OfferOutcome {
    if (!config) return { outcome: "rejected", problems };
    const { sources, active } = this.options;
    const pinned = this.#pinnedConfig();
    sources.follow(named, pinned);
    const outcome = !pinned || hasChanges(planChange(pinned, config)) ? "held" : "unchanged";
    return { outcome, version: active.version };
  }

  /** At the start, the pinned config is not active yet. */
  #pinnedConfig(): FullConfig | undefined {
    const { active, apiChanges } = this.options;
    return active.config ?? effectiveConfig([], apiChanges.now).config;
  }

  /** If a change was undone at this start, that is why the first config differs from the last one. */
  #originOf({ name }: KnownSource): Origin {
    const { apiChanges, active } = this.options;
    return { cause: apiChanges.reverted && !active.config ? "revert" : "source", source: name };
  }

  #note(source: KnownSource, outcome: OfferOutcome, origin = this.#originOf(source)): OfferOutcome {
    const { record, queue } = this.options;
    record.tell(outcome, origin);
    // The status is about the newest document, and that one waits.
    if (queue.waits(source.name)) return outcome;
    source.state =
      outcome.outcome === "rejected" ? "rejected" : outcome.outcome === "held" ? "held" : "accepted";
    source.problems = outcome.outcome === "rejected" ? outcome.problems : [];
    return outcome;
  }
}
