/**
 * The store of the config: takes every change in turn, and answers what the config is.
 *
 * @module
 */
import type { ConfigLayer, ConfigStatus } from "../../schemas/generated/api.ts";
import type { SourceItem } from "../../schemas/generated/hooks.ts";
import { SyrinxError } from "../errors.ts";
import type { Report } from "../journal/mod.ts";
import { ActiveConfig, type Origin } from "./active-config.ts";
import { type ApiChanges, effectiveConfig, type StoredApiChanges, type Unconfirmed } from "./api-changes.ts";
import type { Applier } from "./applier.ts";
import { AskedChanges } from "./asked-changes.ts";
import { ConfigRecord } from "./config-record.ts";
import type { LastGood, RecalledConfig } from "./last-good.ts";
import { LatestWinsQueue } from "./latest-wins-queue.ts";
import { type FullConfig, type SlotChecker, type Validation, validate } from "./layers/mod.ts";
import type { OfferOutcome, RequestedChange } from "./outcome.ts";
import type { RunningSlots } from "./plan.ts";
import { SourceDocuments } from "./source-documents.ts";
import { type Candidate, type DocumentTaker, KnownSources } from "./sources/mod.ts";

export interface ConfigStoreOptions {
  /** What was kept of the config before this start. */
  readonly recalled: RecalledConfig;
  readonly applier: Applier;
  readonly slots: RunningSlots & SlotChecker;
  /** Told of every config that was applied, and every document that was rejected or is held. */
  readonly report?: Report;
}

/**
 * Every change goes the same way, whoever requests it: candidate, validate, plan, apply, version. Candidates are taken one at a
 * time. A rejected one changes nothing but the status of its source.
 */
export class ConfigStore implements DocumentTaker {
  /** By the names of the sources, and one key for each change that is requested. */
  readonly #queue = new LatestWinsQueue<OfferOutcome>({ outcome: "superseded" });
  readonly #apiChanges: StoredApiChanges;
  readonly #active: ActiveConfig;
  readonly #sources: KnownSources;
  readonly #record: ConfigRecord;
  readonly #documents: SourceDocuments;
  readonly #changes: AskedChanges;
  #asked = 0;

  /** The newest config from before this start; undefined: there was none. */
  readonly lastGood: LastGood | undefined;

  constructor({ recalled, applier, slots, report }: ConfigStoreOptions) {
    const { given, lastGood, apiChanges, versions } = recalled;
    const active = new ActiveConfig({ applier, slots, lastGood });
    const sources = new KnownSources({ given, lastGood, active });
    const record = new ConfigRecord({ report, versions, active, sources, apiChanges, lastGood });
    const parts = { sources, apiChanges, active, record, slots };
    this.lastGood = lastGood;
    this.#apiChanges = apiChanges;
    this.#active = active;
    this.#sources = sources;
    this.#record = record;
    this.#documents = new SourceDocuments({ ...parts, queue: this.#queue });
    this.#changes = new AskedChanges({ ...parts, documents: this.#documents });
  }

  /**
   * One higher for every other config that was applied, across restarts: a start on the config of before has its version.
   * 0: none was applied yet.
   */
  get version(): number {
    return this.#active.version;
  }

  /** The active config, frozen; null: nothing was applied yet. */
  get config(): FullConfig | null {
    return this.#active.config;
  }

  /** What was requested over the API. */
  get apiChanges(): ApiChanges {
    return this.#apiChanges.now;
  }

  /** A change that waits to be confirmed. */
  get unconfirmed(): Unconfirmed | undefined {
    return this.#apiChanges.unconfirmed;
  }

  /** Resolves when no change waits to be confirmed. */
  settled(): Promise<void> {
    return this.#apiChanges.settled();
  }

  /** The document of each source that is named, the lowest first, and the overrides. */
  get layers(): ConfigLayer[] {
    return this.#sources.layersWith(this.apiChanges);
  }

  /** The document of each source that is named, the lowest first, without the overrides. */
  get sourceLayers(): ConfigLayer[] {
    return this.#sources.layersWith({});
  }

  /** @returns what the API shows: the version, and what became of the newest document of each source */
  status(): ConfigStatus {
    return {
      version: this.version,
      ...(this.apiChanges.pinned && { pinned: true }),
      sources: this.#sources.status(this.apiChanges),
    };
  }

  /** Whether there is a source of that name. */
  hasSource(name: string): boolean {
    return this.#sources.find(name) !== undefined;
  }

  /** @returns the config that other API changes would make, or its problems */
  candidateOf(apiChanges: ApiChanges): Validation {
    return this.#changes.candidate(apiChanges).validation;
  }

  /** @returns the config that another document of a source would make, or its problems; while the config is pinned, the pinned one */
  candidateWith(candidate: Candidate): Validation {
    const { validation } = this.#documents.candidate(candidate);
    return validation.config && this.apiChanges.pinned ? this.candidateOf(this.apiChanges) : validation;
  }

  /**
   * Takes a document of a source. Of several that wait for their turn, the newest of each source wins.
   *
   * @returns what became of it; rejects only for a fault of the engine
   * @throws SyrinxError `internal` for a source that no config has named
   */
  offer(name: string, item: SourceItem): Promise<OfferOutcome> {
    const source = this.#sources.find(name);
    if (!source)
      throw new SyrinxError(
        "internal",
        `Cannot take a document from "${name}" because it is not a config source`,
      );
    this.#documents.announce(source, item);
    return this.#queue.take(name, () => this.#documents.take(source, item));
  }

  /**
   * Takes a change that is requested over the API, in its turn. The change is kept if it is applied, or changes nothing now.
   *
   * @param giveUp while it waits for its turn. Then it is not made
   * @throws SyrinxError config-stale, config-unconfirmed, journal-unwritable, what `next` throws, or the reason of `giveUp`
   */
  change(change: RequestedChange, giveUp?: AbortSignal): Promise<OfferOutcome> {
    return this.#inTurn(() => this.#changes.take(change), giveUp);
  }

  /** @throws SyrinxError nothing-to-confirm */
  confirm(): Promise<OfferOutcome> {
    return this.#inTurn(async () => {
      if (!this.unconfirmed)
        throw new SyrinxError(
          "nothing-to-confirm",
          "Nothing was confirmed because no change waits for a confirmation",
        );
      this.#apiChanges.confirm();
      return { outcome: "unchanged", version: this.version };
    });
  }

  /**
   * Applies a config if none was applied yet. Called once every source had the time to send a first document. An engine
   * without a good document starts on its last good config, or else on its defaults.
   */
  start(): Promise<OfferOutcome> {
    return this.#queue.take("", async () => {
      if (this.config) return { outcome: "unchanged", version: this.version };
      const { named, documents } = this.#sources.compose(this.apiChanges);
      const outcome = await this.#startOn(effectiveConfig(documents, this.apiChanges), named);
      if (outcome.outcome !== "rejected") return outcome;
      // The API changes do not fit this engine or its sources. To start matters more than to keep the pin.
      this.#apiChanges.unpin();
      const { config } = this.lastGood ?? {};
      const last = config && (await this.#startOn({ config }, named));
      if (last && last.outcome !== "rejected") return last;
      const bare = this.#sources.compose({});
      return this.#startOn(validate(bare.documents), bare.named);
    });
  }

  /**
   * Writes the active version to the journal, and from now on each new one. Called once the engine serves: a start that fails
   * leaves no config behind.
   */
  keepVersions(): void {
    this.#record.keepVersions();
    if (this.#apiChanges.reverted) this.#apiChanges.keep();
  }

  async #startOn(validation: Validation, named: readonly string[]): Promise<OfferOutcome> {
    const origin: Origin = { cause: this.#apiChanges.reverted ? "revert" : "start" };
    const outcome = await this.#active.activate({ validation, named, origin }, this.#sources);
    return this.#record.tell(outcome, origin);
  }

  #inTurn(run: () => Promise<OfferOutcome>, giveUp?: AbortSignal): Promise<OfferOutcome> {
    return this.#queue.take(`asked ${++this.#asked}`, run, giveUp);
  }
}
