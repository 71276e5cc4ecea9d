/**
 * What happens to a change that is requested over the API: it is checked, validated, applied and kept.
 *
 * @module
 */
import type { ActiveConfig, Origin } from "./active-config.ts";
import { type ApiChanges, effectiveConfig, OVERRIDES, type StoredApiChanges } from "./api-changes.ts";
import type { ConfigRecord } from "./config-record.ts";
import { checkSlots, type SlotChecker } from "./layers/mod.ts";
import { type OfferOutcome, type RequestedChange, stale, waiting } from "./outcome.ts";
import type { SourceDocuments } from "./source-documents.ts";
import type { KnownSources, ValidatedComposition } from "./sources/mod.ts";

export interface AskedChangesOptions {
  sources: KnownSources;
  apiChanges: StoredApiChanges;
  active: ActiveConfig;
  record: ConfigRecord;
  slots: SlotChecker;
  /** Tried again after a change. */
  documents: SourceDocuments;
}

export class AskedChanges {
  constructor(private readonly options: AskedChangesOptions) {}

  /** @returns the config that other API changes would make, or its problems */
  candidate(apiChanges: ApiChanges): ValidatedComposition {
    const { sources, slots, active } = this.options;
    const { fault, ...composition } = sources.compose(apiChanges);
    const isFault = fault !== undefined && !apiChanges.pinned;
    const validation = isFault ? { problems: [fault] } : effectiveConfig(composition.documents, apiChanges);
    return { ...composition, validation: checkSlots(validation, composition.layers, slots, active.config) };
  }

  /**
   * Takes a change, in its turn.
   *
   * @throws SyrinxError config-stale, config-unconfirmed, journal-unwritable, or what `next` throws
   */
  async take(change: RequestedChange): Promise<OfferOutcome> {
    const { sources, apiChanges, active, record, documents } = this.options;
    const { next, cause, actor, base, until } = change;
    const { version } = active;
    if (base !== undefined && base !== version) throw stale(base, version);
    const reverts = cause === "revert";
    // It was confirmed while this waited for its turn.
    if (reverts && !apiChanges.unconfirmed) return { outcome: "unchanged", version };
    if (apiChanges.unconfirmed && !reverts) throw waiting(apiChanges.unconfirmed);
    const before = apiChanges.now;
    const after = next(before);
    const origin = originOf(change);
    const { validation, named, layers } = this.candidate(after);
    const { config, problems } = validation;
    if (!config) return record.tell({ outcome: "rejected", problems }, origin);
    apiChanges.begin(after, change);
    const proposal = { validation, named, origin, layers, documentOrigin: OVERRIDES };
    const outcome = await active.activate(proposal, sources);
    if (outcome.outcome !== "rejected") {
      const unconfirmed = until && { version: active.version, until: until(), actor, before };
      apiChanges.change(after, config, unconfirmed);
    }
    apiChanges.keep();
    record.tell(outcome, origin);
    if (outcome.outcome !== "rejected") await documents.retryOthers(outcome);
    return outcome;
  }
}

function originOf({ cause, actor, reason, rollbackTo }: RequestedChange): Origin {
  return {
    cause,
    source: OVERRIDES,
    actor,
    ...(reason !== undefined && { reason }),
    ...(rollbackTo !== undefined && { rollbackTo }),
  };
}
