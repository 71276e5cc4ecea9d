import type { ConfigLayer, ConfigProblem, ConfigStatus, ConfigVersion } from "../../schemas/generated/api.ts";
import type { SourceItem } from "../../schemas/generated/hooks.ts";
import { asSyrinxError, SyrinxError, type Violation } from "../errors.ts";
import type { Report } from "../journal/mod.ts";
import type { FullConfig } from "./full-config.ts";
import { jsonPatch } from "./json-patch.ts";
import { type LastGood, recall } from "./last-good.ts";
import type { SteeringKeeper, VersionKeeper } from "./keepers.ts";
import { type Layer, located } from "./locate.ts";
import { applyProblems, type OfferOutcome, stale, type SteeringChange, waiting } from "./outcome.ts";
import { OVERRIDES } from "./overrides.ts";
import { type ConfigPlan, hasChanges, planChange, type TakesLive } from "./plan.ts";
import {
  inForce,
  overridesLayer,
  type Steering,
  steeringAtStart,
  type Unconfirmed,
  unpinned,
} from "./steering.ts";
import { noList, selfChange, selfRemoval, settleSources, sourceNames } from "./source-list.ts";
import { Turns } from "./turns.ts";
import { validate, type Validation } from "./validate.ts";

export interface ConfigStoreOptions {
  /** Names of the sources that are always there, the lowest layer first. Others are those that the config names. */
  readonly sources: readonly string[];
  /**
   * Brings the plan about, or throws and leaves everything as it was. The violations of a SyrinxError become problems
   * with places. Never called while it is still under way. Plan and config are the callee's own to keep and change.
   */
  apply(plan: ConfigPlan, config: FullConfig): Promise<void>;
  /** @returns mistakes that the schema cannot know of; a config that has some comes nowhere near the journal */
  inspect?(config: FullConfig): Violation[];
  /** Told of every config that was applied, and every document that was rejected or is held. */
  report?: Report;
  /** Which settings the plan may change in place; absent: none. */
  takesLive?: TakesLive;
  /** Where versions are kept; absent: nowhere, and this start knows of none before it. */
  versions?: VersionKeeper;
  /** Where it is kept what was asked for over the API; absent: nowhere. */
  steering?: SteeringKeeper;
}

interface Source {
  readonly name: string;
  state: "waiting" | "accepted" | "held" | "rejected";
  origin: string | undefined;
  problems: readonly ConfigProblem[];
  /** The source's part of the config; until its first good document, what it said before this start. */
  layer: Layer | undefined;
  /** A document that did not fit the other layers; a change of theirs may make it fit. */
  unfit: Layer | undefined;
}

/** A document that its source wants to be in force. */
interface Candidate {
  readonly source: Source;
  readonly layer: Layer;
}

/** What the sources come to. */
interface Composition {
  /** The names of the sources whose layers name just them, the lowest first. */
  readonly named: readonly string[];
  /** What those say. */
  readonly said: readonly Layer[];
  /** Why the sources, or the one that wants something else, cannot have it so. */
  readonly fault?: ConfigProblem;
}

/** Whose doing a candidate is. */
type Origin = Pick<ConfigVersion, "cause" | "source" | "actor" | "reason" | "rollbackTo">;

/**
 * Holds the layers and the config in force. Every change, whoever made it, goes the same way here: candidate, validate,
 * plan, apply, version. Candidates are taken one at a time; a rejected one changes nothing but its source's status.
 */
export class ConfigStore {
  readonly #apply: ConfigStoreOptions["apply"];
  readonly #inspect: ConfigStoreOptions["inspect"];
  readonly #report: Report | undefined;
  readonly #takesLive: TakesLive | undefined;
  readonly #given: readonly string[];
  /** Of the sources that the layers name, pinned or not; the lowest first. */
  #named: readonly string[];
  /** Those that are named, and those that the config in force has: while it is pinned, they may be others. */
  #sources: readonly Source[];
  /** By the names of the sources, and one for each change that is asked for. */
  readonly #turns = new Turns<OfferOutcome>({ outcome: "superseded" });
  readonly #versions: VersionKeeper | undefined;
  readonly #keeper: SteeringKeeper | undefined;
  #asked = 0;
  #keeping = false;
  #version = 0;
  #config: FullConfig | null = null;
  /** The config of the newest version that was written down. */
  #written: FullConfig | undefined;
  /** Of the config in force. */
  #origin: Origin = {};
  #steering: Steering;
  #unconfirmed: Unconfirmed | undefined;
  /** Whether a change has gone back at this start. */
  readonly #reverted: boolean;

  /** The newest config of before this start; undefined: there was none. */
  readonly lastGood: LastGood | undefined;

  constructor({ sources, apply, inspect, report, takesLive, versions, steering }: ConfigStoreOptions) {
    this.#apply = apply;
    this.#inspect = inspect;
    this.#report = report;
    this.#takesLive = takesLive;
    this.#versions = versions;
    this.#keeper = steering;
    const kept = steering?.read() ?? {};
    this.#steering = steeringAtStart(kept);
    this.#reverted = kept.unconfirmed !== undefined;
    const newest = versions?.newest();
    this.lastGood = newest && recall(newest, sources, this.#steering);
    this.#written = this.lastGood?.config ?? undefined;
    this.#given = sources;
    this.#named = this.lastGood?.sources ?? sources;
    this.#sources = [];
    this.#sources = this.#known(this.#named, this.lastGood?.config ?? undefined);
  }

  /**
   * One higher for every other config that was applied, across restarts: a start on the config of before has its
   * version. 0: none was applied yet.
   */
  get version(): number {
    return this.#version;
  }

  /** The config in force, frozen; null: nothing was applied yet. */
  get config(): FullConfig | null {
    return this.#config;
  }

  /** What was asked for over the API. */
  get steering(): Steering {
    return this.#steering;
  }

  /** A change that waits to be confirmed. */
  get unconfirmed(): Unconfirmed | undefined {
    return this.#unconfirmed;
  }

  /** What each source that is named says, the lowest first, and the overrides. */
  get layers(): ConfigLayer[] {
    const said = this.#named.flatMap((source) =>
      this.#layers([source]).map((layer) => ({ source, ...layer })),
    );
    const overrides = overridesLayer(this.#steering).map((layer) => ({ source: OVERRIDES, ...layer }));
    return [...said, ...overrides].map(({ source, origin, document }) => ({ source, origin, document }));
  }

  /** @returns what the API shows: the version, and what became of the newest document of each source */
  status(): ConfigStatus {
    return {
      version: this.#version,
      ...(this.#steering.pinned && { pinned: true }),
      sources: this.#running().map(({ name, state, origin, problems }) => ({
        name,
        state,
        ...(origin === undefined ? {} : { origin }),
        problems: problems.map((problem) => ({ ...problem })),
      })),
    };
  }

  /**
   * Takes what a source yields. Of several that wait for their turn, the newest of each source wins.
   *
   * @returns what became of it; rejects for a fault of the engine alone
   * @throws SyrinxError `internal` for a source that no config has named
   */
  offer(name: string, item: SourceItem): Promise<OfferOutcome> {
    const source = this.#sources.find((known) => known.name === name);
    if (!source)
      throw new SyrinxError("internal", `Cannot take a document from "${name}" as it is no config source`);
    Object.assign(source, { state: "waiting", origin: item.origin, problems: [], unfit: undefined });
    return this.#turns.take(name, () => this.#take(source, item));
  }

  /**
   * Takes a change that is asked for over the API, in its turn. What was asked for is kept if it is applied, or changes
   * nothing now.
   *
   * @throws SyrinxError config-stale, config-unconfirmed, journal-unwritable, or what `next` throws
   */
  steer(change: SteeringChange): Promise<OfferOutcome> {
    return this.#inTurn(() => this.#steer(change));
  }

  /** @throws SyrinxError nothing-to-confirm */
  confirm(): Promise<OfferOutcome> {
    return this.#inTurn(async () => {
      if (!this.#unconfirmed)
        throw new SyrinxError("nothing-to-confirm", "Nothing was confirmed as no change waits for it");
      this.#unconfirmed = undefined;
      this.#keepSteering();
      return { outcome: "unchanged", version: this.#version };
    });
  }

  /** @returns what would be in force if the steering were another, or a source said something else */
  candidate({
    steering = this.#steering,
    source: name,
    layer,
  }: {
    steering?: Steering;
    source?: string;
    layer?: Layer;
  }): Validation {
    const source = this.#sources.find((known) => known.name === name);
    const composition = this.#compose(steering, source && layer && { source, layer });
    const { said, fault } = composition;
    const isOwn = source !== undefined || !steering.pinned;
    if (fault && isOwn) return { problems: [fault] };
    return this.#inspected(inForce(said, steering), [...said, ...overridesLayer(steering)]);
  }

  /** Whether a source of that name speaks here. */
  hasSource(name: string): boolean {
    return this.#sources.some((known) => known.name === name);
  }

  /**
   * Applies what was accepted so far, unless something was applied already. Called once every source has had its chance
   * of a first word: an engine without a good document speaks with its last good config, or else with its defaults.
   */
  start(): Promise<OfferOutcome> {
    return this.#turns.take("", async () => {
      if (this.#config) return { outcome: "unchanged", version: this.#version };
      const origin: Origin = { cause: this.#reverted ? "revert" : "start" };
      const { named, said } = this.#compose(this.#steering);
      const first = await this.#adopt(inForce(said, this.#steering), named, origin);
      const outcome = this.#tell(first, origin);
      if (outcome.outcome !== "rejected") return outcome;
      // What was asked for does not fit this engine, or what its sources say now: speech goes before it.
      const { pinned: _, ...unpinnedSteering } = this.#steering;
      this.#steering = unpinnedSteering;
      const { config } = this.lastGood ?? {};
      const last = config && this.#tell(await this.#adopt({ config }, named, origin), origin);
      if (last && last.outcome !== "rejected") return last;
      const bare = this.#compose({});
      return this.#tell(await this.#adopt(validate(bare.said), bare.named, origin), origin);
    });
  }

  /**
   * Writes the version in force down, and from now on each new one. Called once the engine serves: a start that comes
   * to nothing leaves no config behind.
   */
  keepVersions(): void {
    this.#keeping = true;
    if (this.#version !== this.lastGood?.number) this.#keep();
    if (this.#reverted) this.#keepSteering();
  }

  #keep(): void {
    const config = this.#config as FullConfig;
    this.#versions?.write({
      number: this.#version,
      ...this.#origin,
      outcome: "applied",
      ...(this.#written && { patch: jsonPatch(this.#written, config) }),
      document: config,
      layers: this.layers,
    });
    this.#written = config;
  }

  #inTurn(run: () => Promise<OfferOutcome>): Promise<OfferOutcome> {
    return this.#turns.take(`asked ${++this.#asked}`, run);
  }

  async #take(source: Source, item: SourceItem): Promise<OfferOutcome> {
    // The config has stopped to name it while it waited for its turn.
    if (!this.#sources.includes(source)) return { outcome: "superseded" };
    source.unfit = undefined;
    if ("problem" in item) {
      const { problem: message, origin, line, column } = item;
      const outcome = {
        outcome: "rejected" as const,
        problems: [{ pointer: "", message, origin, line, column }],
      };
      this.#note(source, outcome);
      return outcome;
    }
    const outcome = await this.#try(source, item);
    if (outcome.outcome === "applied" || outcome.outcome === "held") await this.#retryUnfit(source);
    return outcome;
  }

  async #try(source: Source, layer: Layer): Promise<OfferOutcome> {
    const { named, said, fault } = this.#compose(this.#steering, { source, layer });
    const layers = [...said, ...overridesLayer(this.#steering)];
    const validation = fault
      ? { problems: [fault] }
      : this.#inspected(unpinned(said, this.#steering), layers);
    if (!validation.config) source.unfit = layer;
    const origin = this.#originOf(source);
    const outcome = this.#steering.pinned
      ? this.#hold(validation, named)
      : await this.#adopt(validation, named, origin, layers, layer.origin);
    if (outcome.outcome !== "rejected") source.layer = layer;
    this.#note(source, outcome, origin);
    return outcome;
  }

  #hold({ config, problems }: Validation, named: readonly string[]): OfferOutcome {
    if (!config) return { outcome: "rejected", problems };
    const { config: pinned } = inForce([], this.#steering);
    this.#follow(named, this.#config ?? pinned);
    const outcome = !pinned || hasChanges(planChange(pinned, config)) ? "held" : "unchanged";
    return { outcome, version: this.#version };
  }

  /** Two sources may need each other, e.g. an alias in one for a voice in the other, and come in any order. */
  async #retryUnfit(cause?: Source): Promise<void> {
    for (const source of this.#sources) {
      const { unfit } = source;
      // One that was tried before it may have taken it away.
      if (!this.#sources.includes(source)) continue;
      if (source === cause || !unfit || this.#turns.waits(source.name)) continue;
      source.unfit = undefined;
      await this.#try(source, unfit);
    }
  }

  async #steer(change: SteeringChange): Promise<OfferOutcome> {
    const { next, cause, actor, reason, rollbackTo, base, until } = change;
    if (base !== undefined && base !== this.#version) throw stale(base, this.#version);
    const reverts = cause === "revert";
    // It was confirmed while this waited for its turn.
    if (reverts && !this.#unconfirmed) return { outcome: "unchanged", version: this.#version };
    if (this.#unconfirmed && !reverts) throw waiting(this.#unconfirmed);
    const before = this.#steering;
    const after = next(before);
    const origin: Origin = {
      cause,
      source: OVERRIDES,
      actor,
      ...(reason !== undefined && { reason }),
      ...(rollbackTo !== undefined && { rollbackTo }),
    };
    const { named, said, fault } = this.#compose(after);
    const layers = [...said, ...overridesLayer(after)];
    const validation =
      fault && !after.pinned ? { problems: [fault] } : this.#inspected(inForce(said, after), layers);
    if (!validation.config) return this.#tell({ outcome: "rejected", problems: validation.problems }, origin);
    // Cut short from here on, it has gone back at the next start.
    if (reverts) this.#keeper?.write(after, "keep");
    else this.#keeper?.write({ ...after, unconfirmed: { actor, before } }, "refuse");
    const outcome = await this.#adopt(validation, named, origin, layers, OVERRIDES);
    if (outcome.outcome !== "rejected") {
      this.#steering = after.pinned
        ? { ...after, pinned: { ...after.pinned, document: validation.config } }
        : after;
      this.#unconfirmed = until && { version: this.#version, until: until(), actor, before };
    }
    this.#keepSteering();
    this.#tell(outcome, origin);
    if (outcome.outcome !== "rejected") await this.#retryUnfit();
    return outcome;
  }

  #keepSteering(): void {
    const unconfirmed = this.#unconfirmed && { unconfirmed: this.#unconfirmed };
    this.#keeper?.write({ ...this.#steering, ...unconfirmed }, "keep");
  }

  /**
   * @param named the sources that are named from then on
   * @param layers that it was made of, for places
   */
  async #adopt(
    { config, problems }: Validation,
    named: readonly string[],
    origin: Origin,
    layers: readonly Layer[] = [],
    documentOrigin?: string,
  ): Promise<OfferOutcome> {
    if (!config) return { outcome: "rejected", problems };
    const plan = planChange(this.#config, config, this.#takesLive);
    if (this.#config && !hasChanges(plan)) {
      this.#follow(named, config);
      return { outcome: "unchanged", version: this.#version };
    }
    const before = this.#sources;
    // A source that comes up may speak before all is applied: its turn is after this one's.
    this.#sources = [...new Set([...before, ...this.#known(named, config)])];
    try {
      await this.#apply(structuredClone(plan), structuredClone(config));
    } catch (cause) {
      this.#sources = before;
      const failure = asSyrinxError(cause);
      return { outcome: "rejected", problems: applyProblems(failure, layers, documentOrigin), failure };
    }
    const asBefore = !this.#config && this.lastGood?.config && planChange(this.lastGood.config, config);
    const known = Math.max(this.#version, this.lastGood?.number ?? 0);
    this.#version = asBefore && !hasChanges(asBefore) ? known : known + 1;
    this.#config = deepFreeze(config);
    this.#follow(named, config);
    this.#origin = origin;
    return { outcome: "applied", version: this.#version, plan };
  }

  #inspected(validation: Validation, layers: readonly Layer[]): Validation {
    const violations = validation.config ? (this.#inspect?.(validation.config) ?? []) : [];
    if (violations.length === 0) return validation;
    return { problems: violations.map((violation) => located(violation, layers)) };
  }

  /** What the sources come to, with another steering, or with a candidate in the place of what its source has said. */
  #compose(steering: Steering, candidate?: Candidate): Composition {
    const settled = settleSources(this.#given, this.#named, (names) => [
      ...this.#layers(names, candidate),
      ...overridesLayer(steering),
    ]);
    const named = settled ?? this.#given;
    const said = this.#layers(named, candidate);
    if (!candidate) return settled ? { named, said } : { named, said, fault: noList(OVERRIDES) };
    const { source, layer } = candidate;
    // One that a pinned config alone has neither names itself nor takes itself away: what it says waits with it.
    if (!settled || (!settled.includes(source.name) && this.#named.includes(source.name)))
      return { named, said, fault: selfRemoval(source.name, layer, this.#given) };
    const layers = [...said, ...overridesLayer(steering)];
    const before = steering.pinned
      ? unpinned(this.#layers(this.#named), steering).config
      : (this.#config ?? this.lastGood?.config);
    const after = unpinned(said, steering).config;
    const fault = after && selfChange(source.name, before ?? null, after, layers);
    return { named, said, ...(fault && { fault }) };
  }

  /** What sources say, with `candidate` in the place of what its source has said before. */
  #layers(names: readonly string[], candidate?: Candidate): Layer[] {
    return names.flatMap((name) => {
      if (name === candidate?.source.name) return candidate.layer;
      return this.#sources.find((source) => source.name === name)?.layer ?? [];
    });
  }

  #follow(named: readonly string[], config: FullConfig | undefined): void {
    this.#sources = this.#known(named, config);
    this.#named = named;
  }

  /** @returns the sources that are named, and those that a config has beside them */
  #known(named: readonly string[], config: FullConfig | undefined): Source[] {
    const names = new Set([...named, ...Object.keys(config?.sources ?? {})]);
    return [...names].map(
      (name) => this.#sources.find((source) => source.name === name) ?? this.#waiting(name),
    );
  }

  /** @returns a source that has said nothing yet; at the start, until it does, what it said before */
  #waiting(name: string): Source {
    const layer = this.#config ? undefined : this.lastGood?.layers.get(name);
    return { name, state: "waiting", origin: undefined, problems: [], layer, unfit: undefined };
  }

  /** Those that the config in force has: under a pin, the layers may name others, which wait for the unpin. */
  #running(): readonly Source[] {
    if (!this.#config) return this.#sources;
    const running = sourceNames(this.#config, this.#given);
    return this.#sources.filter(({ name }) => running.includes(name));
  }

  #tell(outcome: OfferOutcome, { cause, source, actor }: Origin): OfferOutcome {
    const whose = {
      ...(cause !== undefined && { cause }),
      ...(source !== undefined && { source }),
      ...(actor !== undefined && { actor }),
    };
    const event = { kind: "config", version: this.#version, ...whose } as const;
    if (outcome.outcome === "applied") {
      this.#report?.({ ...event, outcome: "applied" });
      if (this.#keeping) this.#keep();
    }
    if (outcome.outcome === "held") this.#report?.({ ...event, outcome: "held" });
    if (outcome.outcome === "rejected") {
      const problems = [...outcome.problems];
      this.#report?.({ ...event, outcome: "rejected", problems });
      const what = outcome.failure ? "failed" : "rejected";
      const base = Math.max(this.#version, this.lastGood?.number ?? 0);
      this.#versions?.reject({ base, ...whose, outcome: what, problems });
    }
    return outcome;
  }

  /** The first config of a start is another than before as a change has gone back, whatever the sources say. */
  #originOf({ name }: Source): Origin {
    return { cause: this.#reverted && !this.#config ? "revert" : "source", source: name };
  }

  #note(source: Source, outcome: OfferOutcome, origin = this.#originOf(source)): void {
    this.#tell(outcome, origin);
    // Something newer was offered meanwhile, and its own outcome is what the status will tell.
    if (this.#turns.waits(source.name)) return;
    source.state =
      outcome.outcome === "rejected" ? "rejected" : outcome.outcome === "held" ? "held" : "accepted";
    source.problems = outcome.outcome === "rejected" ? outcome.problems : [];
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
