import type { ConfigLayer, ConfigStatus } from "../../schemas/generated/api.ts";
import type { SourceItem } from "../../schemas/generated/hooks.ts";
import { SyrinxError } from "../errors.ts";
import type { Report } from "../journal/mod.ts";
import { AskedChanges } from "./asked-changes.ts";
import { ActiveConfig, type Origin } from "./active-config.ts";
import { ConfigRecord, type VersionJournal } from "./config-record.ts";
import { type FullConfig, type Inspect, validate, type Validation } from "./layers/mod.ts";
import { type Candidate, KnownSources } from "./sources/mod.ts";
import { type LastGood, recall } from "./last-good.ts";
import type { OfferOutcome, RequestedChange } from "./outcome.ts";
import type { ConfigPlan, TakesLive } from "./plan.ts";
import { SourceDocuments } from "./source-documents.ts";
import { LatestWinsQueue } from "./latest-wins-queue.ts";
import {
  type ApiChanges,
  type ApiChangesJournal,
  effectiveConfig,
  OVERRIDES,
  overridesLayer,
  StoredApiChanges,
  type Unconfirmed,
} from "./api-changes.ts";

export interface ConfigStoreOptions {
  /** Names of the sources that are always there, the lowest layer first. Others are those that the config names. */
  readonly sources: readonly string[];
  /**
   * Brings the plan about, or throws and leaves everything as it was. The violations of a SyrinxError become problems
   * with places. Never called while it is still under way. Plan and config are the callee's own to keep and change.
   */
  apply(plan: ConfigPlan, config: FullConfig): Promise<void>;
  /** Finds mistakes that the schema cannot know of; a config that has some comes nowhere near the journal. */
  inspect?: Inspect;
  /** Told of every config that was applied, and every document that was rejected or is held. */
  report?: Report;
  /** Which settings the plan may change in place; absent: none. */
  takesLive?: TakesLive;
  /** Where versions are kept; absent: nowhere, and this start knows of none before it. */
  versions?: VersionJournal;
  /** Where it is kept what was asked for over the API; absent: nowhere. */
  apiChanges?: ApiChangesJournal;
}

/**
 * What others ask about the config, and offer for it. Every change, whoever made it, goes the same way: candidate, validate,
 * plan, apply, version. Candidates are taken one at a time; a rejected one changes nothing but its source's status.
 */
export class ConfigStore {
  /** By the names of the sources, and one for each change that is asked for. */
  readonly #queue = new LatestWinsQueue<OfferOutcome>({ outcome: "superseded" });
  readonly #apiChanges: StoredApiChanges;
  readonly #active: ActiveConfig;
  readonly #sources: KnownSources;
  readonly #record: ConfigRecord;
  readonly #documents: SourceDocuments;
  readonly #changes: AskedChanges;
  #asked = 0;

  /** The newest config of before this start; undefined: there was none. */
  readonly lastGood: LastGood | undefined;

  constructor({ sources, apply, inspect, report, takesLive, versions, apiChanges }: ConfigStoreOptions) {
    this.#apiChanges = new StoredApiChanges(apiChanges);
    const newest = versions?.newest();
    const lastGood = newest && recall(newest, sources, this.#apiChanges.now);
    this.lastGood = lastGood;
    this.#active = new ActiveConfig({ apply, takesLive, lastGood });
    this.#sources = new KnownSources({ given: sources, lastGood, activeConfig: () => this.config });
    this.#record = new ConfigRecord({
      report,
      versions,
      active: this.#active,
      lastGood,
      layers: () => this.layers,
    });
    const parts = {
      sources: this.#sources,
      apiChanges: this.#apiChanges,
      active: this.#active,
      record: this.#record,
      inspect,
    };
    this.#documents = new SourceDocuments({ ...parts, waits: (source) => this.#queue.waits(source) });
    this.#changes = new AskedChanges({
      ...parts,
      changed: (outcome) => this.#documents.retryOthers(outcome),
    });
  }

  /**
   * One higher for every other config that was applied, across restarts: a start on the config of before has its
   * version. 0: none was applied yet.
   */
  get version(): number {
    return this.#active.version;
  }

  /** The config in force, frozen; null: nothing was applied yet. */
  get config(): FullConfig | null {
    return this.#active.config;
  }

  /** What was asked for over the API. */
  get apiChanges(): ApiChanges {
    return this.#apiChanges.now;
  }

  /** A change that waits to be confirmed. */
  get unconfirmed(): Unconfirmed | undefined {
    return this.#apiChanges.unconfirmed;
  }

  /** What each source that is named says, the lowest first, and the overrides. */
  get layers(): ConfigLayer[] {
    const overrides = overridesLayer(this.apiChanges).map((layer) => ({ source: OVERRIDES, ...layer }));
    return [
      ...this.#sources.layers,
      ...overrides.map(({ source, origin, document }) => ({ source, origin, document })),
    ];
  }

  /** @returns what the API shows: the version, and what became of the newest document of each source */
  status(): ConfigStatus {
    return {
      version: this.version,
      ...(this.apiChanges.pinned && { pinned: true }),
      sources: this.#sources.status(),
    };
  }

  /** Whether a source of that name speaks here. */
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
   * Takes what a source yields. Of several that wait for their turn, the newest of each source wins.
   *
   * @returns what became of it; rejects for a fault of the engine alone
   * @throws SyrinxError `internal` for a source that no config has named
   */
  offer(name: string, item: SourceItem): Promise<OfferOutcome> {
    const source = this.#sources.find(name);
    if (!source)
      throw new SyrinxError("internal", `Cannot take a document from "${name}" as it is no config source`);
    this.#documents.announce(source, item);
    return this.#queue.take(name, () => this.#documents.take(source, item));
  }

  /**
   * Takes a change that is asked for over the API, in its turn. What was asked for is kept if it is applied, or changes
   * nothing now.
   *
   * @throws SyrinxError config-stale, config-unconfirmed, journal-unwritable, or what `next` throws
   */
  change(change: RequestedChange): Promise<OfferOutcome> {
    return this.#inTurn(() => this.#changes.take(change));
  }

  /** @throws SyrinxError nothing-to-confirm */
  confirm(): Promise<OfferOutcome> {
    return this.#inTurn(async () => {
      if (!this.unconfirmed)
        throw new SyrinxError("nothing-to-confirm", "Nothing was confirmed as no change waits for it");
      this.#apiChanges.confirm();
      return { outcome: "unchanged", version: this.version };
    });
  }

  /**
   * Applies what was accepted so far, unless something was applied already. Called once every source has had its chance
   * of a first word: an engine without a good document speaks with its last good config, or else with its defaults.
   */
  start(): Promise<OfferOutcome> {
    return this.#queue.take("", async () => {
      if (this.config) return { outcome: "unchanged", version: this.version };
      const { named, documents } = this.#sources.compose(this.apiChanges);
      const outcome = await this.#startOn(effectiveConfig(documents, this.apiChanges), named);
      if (outcome.outcome !== "rejected") return outcome;
      // What was asked for does not fit this engine, or what its sources say now: speech goes before it.
      this.#apiChanges.unpin();
      const { config } = this.lastGood ?? {};
      const last = config && (await this.#startOn({ config }, named));
      if (last && last.outcome !== "rejected") return last;
      const bare = this.#sources.compose({});
      return this.#startOn(validate(bare.documents), bare.named);
    });
  }

  /**
   * Writes the version in force down, and from now on each new one. Called once the engine serves: a start that comes
   * to nothing leaves no config behind.
   */
  keepVersions(): void {
    this.#record.keepVersions();
    if (this.#apiChanges.reverted) this.#apiChanges.keep();
  }

  async #startOn(validation: Validation, named: readonly string[]): Promise<OfferOutcome> {
    const origin: Origin = { cause: this.#apiChanges.reverted ? "revert" : "start" };
    const outcome = await this.#active.adopt({ validation, named, origin }, this.#sources);
    return this.#record.tell(outcome, origin);
  }

  #inTurn(run: () => Promise<OfferOutcome>): Promise<OfferOutcome> {
    return this.#queue.take(`asked ${++this.#asked}`, run);
  }
}
