import type { ConfigProblem, ConfigStatus, ConfigVersion } from "../../schemas/generated/api.ts";
import type { SourceItem } from "../../schemas/generated/hooks.ts";
import { asSyrinxError, SyrinxError } from "../errors.ts";
import type { Report } from "../journal/mod.ts";
import type { FullConfig } from "./full-config.ts";
import { type LastGood, recall } from "./last-good.ts";
import { type Layer, located } from "./locate.ts";
import { type ConfigPlan, hasChanges, planChange, type TakesLive } from "./plan.ts";
import { Turns } from "./turns.ts";
import { validate } from "./validate.ts";

export interface ConfigStoreOptions {
  /** Names of the sources, the lowest layer first. */
  readonly sources: readonly string[];
  /**
   * Brings the plan about, or throws and leaves everything as it was. The violations of a SyrinxError become problems
   * with places. Never called while it is still under way. Plan and config are the callee's own to keep and change.
   */
  apply(plan: ConfigPlan, config: FullConfig): Promise<void>;
  /** Told of every config that was applied, and every document that was rejected. */
  report?: Report;
  /** Which settings the plan may change in place; absent: none. */
  takesLive?: TakesLive;
  /** Where versions are kept; absent: nowhere, and this start knows of none before it. */
  versions?: VersionKeeper;
}

/** Neither method throws. */
export interface VersionKeeper {
  newest(): ConfigVersion | undefined;
  write(version: Omit<ConfigVersion, "at">): void;
}

/** What became of an offer. */
export type OfferOutcome =
  | { readonly outcome: "applied"; readonly version: number; readonly plan: ConfigPlan }
  | { readonly outcome: "unchanged"; readonly version: number }
  | { readonly outcome: "rejected"; readonly problems: readonly ConfigProblem[] }
  /** The same source offered something newer before it was this one's turn. */
  | { readonly outcome: "superseded" };

interface Source {
  readonly name: string;
  state: "waiting" | "accepted" | "rejected";
  origin: string | undefined;
  problems: readonly ConfigProblem[];
  /** The source's part of the config in force; until its first good document, what it said before this start. */
  layer: Layer | undefined;
  /** A document that did not fit the other layers; a change of theirs may make it fit. */
  unfit: Layer | undefined;
}

/**
 * Holds the layers and the config in force. Every change, whoever made it, goes the same way here: candidate, validate,
 * plan, apply, version. Candidates are taken one at a time; a rejected one changes nothing but its source's status.
 */
export class ConfigStore {
  readonly #apply: ConfigStoreOptions["apply"];
  readonly #report: Report | undefined;
  readonly #takesLive: TakesLive | undefined;
  readonly #sources: readonly Source[];
  /** By the names of the sources. */
  readonly #turns = new Turns<OfferOutcome>({ outcome: "superseded" });
  readonly #versions: VersionKeeper | undefined;
  #keeping = false;
  #version = 0;
  #config: FullConfig | null = null;
  /** The source whose document brought about the config in force. */
  #cause: string | undefined;

  /** The newest config of before this start; undefined: there was none. */
  readonly lastGood: LastGood | undefined;

  constructor({ sources, apply, report, takesLive, versions }: ConfigStoreOptions) {
    this.#apply = apply;
    this.#report = report;
    this.#takesLive = takesLive;
    this.#versions = versions;
    const newest = versions?.newest();
    this.lastGood = newest && recall(newest, sources);
    this.#sources = sources.map((name) => ({
      name,
      state: "waiting",
      origin: undefined,
      problems: [],
      layer: this.lastGood?.layers.get(name),
      unfit: undefined,
    }));
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

  /** @returns what the API shows: the version, and what became of the newest document of each source */
  status(): ConfigStatus {
    return {
      version: this.#version,
      sources: this.#sources.map(({ name, state, origin, problems }) => ({
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
   * @throws SyrinxError `internal` for a source that the store was not made with
   */
  offer(name: string, item: SourceItem): Promise<OfferOutcome> {
    const source = this.#sources.find((known) => known.name === name);
    if (!source)
      throw new SyrinxError("internal", `Cannot take a document from "${name}" as it is no config source`);
    Object.assign(source, { state: "waiting", origin: item.origin, problems: [], unfit: undefined });
    return this.#turns.take(name, () => this.#take(source, item));
  }

  /**
   * Applies what was accepted so far, unless something was applied already. Called once every source has had its chance
   * of a first word: an engine without a good document speaks with its last good config, or else with its defaults.
   */
  start(): Promise<OfferOutcome> {
    return this.#turns.take("", async () =>
      this.#config
        ? { outcome: "unchanged", version: this.#version }
        : this.#tell(await this.#adopt(this.#layers())),
    );
  }

  /**
   * Writes the version in force down, and from now on each new one. Called once the engine serves: a start that comes
   * to nothing leaves no config behind.
   */
  keepVersions(): void {
    this.#keeping = true;
    if (this.#version !== this.lastGood?.number) this.#keep();
  }

  #keep(): void {
    const source = this.#cause;
    this.#versions?.write({
      number: this.#version,
      ...(source !== undefined && { source }),
      outcome: "applied",
      layers: this.#sources.flatMap(({ name, layer }) =>
        layer ? [{ source: name, origin: layer.origin, document: layer.document }] : [],
      ),
    });
  }

  async #take(source: Source, item: SourceItem): Promise<OfferOutcome> {
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
    if (outcome.outcome === "applied") await this.#retryUnfit(source);
    return outcome;
  }

  async #try(source: Source, layer: Layer): Promise<OfferOutcome> {
    const outcome = await this.#adopt(this.#layers(source, layer), source, layer);
    if (outcome.outcome !== "rejected") source.layer = layer;
    this.#note(source, outcome);
    return outcome;
  }

  /** Two sources may need each other, e.g. an alias in one for a voice in the other, and come in any order. */
  async #retryUnfit(cause: Source): Promise<void> {
    for (const source of this.#sources) {
      const { unfit } = source;
      if (source === cause || !unfit || this.#turns.waits(source.name)) continue;
      source.unfit = undefined;
      await this.#try(source, unfit);
    }
  }

  async #adopt(layers: readonly Layer[], source?: Source, candidate?: Layer): Promise<OfferOutcome> {
    const { config, problems } = validate(layers);
    if (!config) {
      if (source) source.unfit = candidate;
      return { outcome: "rejected", problems };
    }
    const plan = planChange(this.#config, config, this.#takesLive);
    if (this.#config && !hasChanges(plan)) return { outcome: "unchanged", version: this.#version };
    try {
      await this.#apply(structuredClone(plan), structuredClone(config));
    } catch (cause) {
      return { outcome: "rejected", problems: applyProblems(cause, layers, candidate?.origin) };
    }
    const asBefore = !this.#config && this.lastGood?.config && planChange(this.lastGood.config, config);
    const known = Math.max(this.#version, this.lastGood?.number ?? 0);
    this.#version = asBefore && !hasChanges(asBefore) ? known : known + 1;
    this.#config = deepFreeze(config);
    return { outcome: "applied", version: this.#version, plan };
  }

  /** The layers in force, with `candidate` in the place of its source's. */
  #layers(source?: Source, candidate?: Layer): Layer[] {
    return this.#sources.flatMap((own) => (own === source ? candidate : own.layer) ?? []);
  }

  #tell(outcome: OfferOutcome, source?: string): OfferOutcome {
    const common = {
      kind: "config",
      version: this.#version,
      ...(source !== undefined && { source }),
    } as const;
    if (outcome.outcome === "applied") {
      this.#report?.({ ...common, outcome: "applied" });
      this.#cause = source;
      if (this.#keeping) this.#keep();
    }
    if (outcome.outcome === "rejected")
      this.#report?.({ ...common, outcome: "rejected", problems: [...outcome.problems] });
    return outcome;
  }

  #note(source: Source, outcome: OfferOutcome): void {
    this.#tell(outcome, source.name);
    // Something newer was offered meanwhile, and its own outcome is what the status will tell.
    if (this.#turns.waits(source.name)) return;
    source.state = outcome.outcome === "rejected" ? "rejected" : "accepted";
    source.problems = outcome.outcome === "rejected" ? outcome.problems : [];
  }
}

function applyProblems(
  cause: unknown,
  layers: readonly Layer[],
  origin: string | undefined,
): ConfigProblem[] {
  const { message, violations } = asSyrinxError(cause);
  if (violations.length > 0) return violations.map((violation) => located(violation, layers));
  return [
    {
      pointer: "",
      message: `Cannot apply the config: ${message}`,
      ...(origin === undefined ? {} : { origin }),
    },
  ];
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
