/**
 * The config sources that are known, what each has said, and what became of it.
 *
 * @module
 */
import type { ConfigLayer, ConfigProblem, ConfigStatus } from "../../../schemas/generated/api.ts";
import { type Candidate, compose, composeWith, type SourceLayers } from "./composition.ts";
import type { FullConfig, Layer } from "../layers/mod.ts";
import { sourceNames } from "./source-list.ts";
import type { ApiChanges } from "../api-changes.ts";

export interface KnownSource {
  readonly name: string;
  state: "waiting" | "accepted" | "held" | "rejected";
  origin: string | undefined;
  problems: readonly ConfigProblem[];
  /** The source's part of the config; until its first good document, what it said before this start. */
  layer: Layer | undefined;
  /** A document that did not fit the other layers; a change of theirs may make it fit. */
  unfit: Layer | undefined;
  /** A document that could not be applied; other plugins, models or grants may let it be. */
  unapplied: Layer | undefined;
}

/** Of a source that has nothing to try again. */
export const UNTRIED = { unfit: undefined, unapplied: undefined };

/** The sources as they were when the engine last ended. */
export interface EarlierSources {
  /** The config of then; null: it does not fit this engine. */
  readonly config: FullConfig | null;
  /** The names of the sources of then, the lowest first. */
  readonly sources: readonly string[];
  /** By the name of the source. */
  readonly layers: ReadonlyMap<string, Layer>;
}

export interface KnownSourcesOptions {
  /** Names of those that are always there, the lowest layer first. */
  given: readonly string[];
  lastGood: EarlierSources | undefined;
  /** null: nothing was applied yet. */
  activeConfig(): FullConfig | null;
}

export class KnownSources {
  /** Of the sources that the layers name, pinned or not; the lowest first. */
  #named: readonly string[];
  /** Those that are named, and those that the config in force has: while it is pinned, they may be others. */
  #sources: readonly KnownSource[] = [];

  constructor(private readonly options: KnownSourcesOptions) {
    const { given, lastGood } = options;
    this.#named = lastGood?.sources ?? given;
    this.#sources = this.#known(this.#named, lastGood?.config ?? undefined);
  }

  get all(): readonly KnownSource[] {
    return this.#sources;
  }

  find(name: string | undefined): KnownSource | undefined {
    return this.#sources.find((source) => source.name === name);
  }

  /** What each source that is named says, the lowest first. */
  get layers(): ConfigLayer[] {
    return this.#named.flatMap((source) => {
      const { layer } = this.find(source) ?? {};
      return layer ? { source, origin: layer.origin, document: layer.document } : [];
    });
  }

  /** @returns the composition of the sources, as it is or would be with other API changes */
  compose(apiChanges: ApiChanges) {
    return compose(this.#sourceLayers, apiChanges);
  }

  /** @returns the composition with a candidate in the place of its source's document, validated */
  composeWith(apiChanges: ApiChanges, candidate: Candidate) {
    return composeWith(this.#sourceLayers, apiChanges, candidate);
  }

  /**
   * @param named the sources that are named from now on
   * @param config whose sources are known beside them
   */
  follow(named: readonly string[], config: FullConfig | undefined): void {
    this.#sources = this.#known(named, config);
    this.#named = named;
  }

  /**
   * Knows the sources of a config that is on its way as well: one that comes up may speak before all is applied.
   *
   * @returns forgets them again
   */
  expect(named: readonly string[], config: FullConfig): () => void {
    const before = this.#sources;
    this.#sources = [...new Set([...before, ...this.#known(named, config)])];
    return () => {
      this.#sources = before;
    };
  }

  /** Those that the config in force has: under a pin, the layers may name others, which wait for the unpin. */
  status(): ConfigStatus["sources"] {
    const config = this.options.activeConfig();
    const running = config && sourceNames(config, this.options.given);
    return this.#sources
      .filter(({ name }) => !running || running.includes(name))
      .map(({ name, state, origin, problems }) => ({
        name,
        state,
        ...(origin === undefined ? {} : { origin }),
        problems: problems.map((problem) => ({ ...problem })),
      }));
  }

  get #sourceLayers(): SourceLayers {
    const { given, lastGood, activeConfig } = this.options;
    const layers = new Map(
      this.#sources.flatMap(({ name, layer }): [string, Layer][] => (layer ? [[name, layer]] : [])),
    );
    return { given, named: this.#named, layers, config: activeConfig() ?? lastGood?.config ?? null };
  }

  /** @returns the sources that are named, and those that a config has beside them */
  #known(named: readonly string[], config: FullConfig | undefined): KnownSource[] {
    const names = new Set([...named, ...Object.keys(config?.sources ?? {})]);
    return [...names].map((name) => this.find(name) ?? this.#waiting(name));
  }

  /** @returns a source that has said nothing yet; at the start, until it does, what it said before */
  #waiting(name: string): KnownSource {
    const { lastGood, activeConfig } = this.options;
    const layer = activeConfig() ? undefined : lastGood?.layers.get(name);
    return { name, state: "waiting", origin: undefined, problems: [], layer, ...UNTRIED };
  }
}
