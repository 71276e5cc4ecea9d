/**
 * The config sources that are known, the documents of each, and what became of them.
 *
 * @module
 */
import type { ConfigLayer, ConfigProblem, ConfigStatus } from "../../../schemas/generated/api.ts";
import { type ApiChanges, OVERRIDES, overriddenIn, overridesLayer } from "../api-changes.ts";
import type { FullConfig, Layer } from "../layers/mod.ts";
import { type Candidate, compose, composeWith, type SourceLayers } from "./composition.ts";
import { sourceNames } from "./source-list.ts";

export interface KnownSource {
  readonly name: string;
  state: "waiting" | "accepted" | "held" | "rejected";
  origin: string | undefined;
  problems: readonly ConfigProblem[];
  /** The source's part of the config. Until its first good document, its document from before this start. */
  layer: Layer | undefined;
  /** A document that was no good config with the other layers. It may be one when they change. */
  unfit: Layer | undefined;
  /** A document that could not be applied. It may be when plugins, models or grants change. */
  unapplied: Layer | undefined;
}

/** The source has no document to try again. */
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
  /** Its config is null until something was applied. */
  active: { readonly config: FullConfig | null };
}

export class KnownSources {
  /** Names of the sources that the layers name, pinned or not; the lowest first. */
  #named: readonly string[];
  /** The sources that are named, and those of the active config: while that is pinned, they may be others. */
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

  /** @returns the document of each source that is named, the lowest first, and the overrides */
  layersWith(apiChanges: ApiChanges): ConfigLayer[] {
    const layers = this.#named.flatMap((source) => {
      const { layer } = this.find(source) ?? {};
      return layer ? { source, ...layer } : [];
    });
    const overrides = overridesLayer(apiChanges).map((layer) => ({ source: OVERRIDES, ...layer }));
    return [...layers, ...overrides].map(({ source, origin, document }) => ({ source, origin, document }));
  }

  /** @returns the composition of the sources, as it is or would be with other API changes */
  compose(apiChanges: ApiChanges) {
    return compose(this.#sourceLayers, apiChanges);
  }

  /** @returns the composition with a candidate instead of its source's document, validated */
  composeWith(apiChanges: ApiChanges, candidate: Candidate) {
    return composeWith(this.#sourceLayers, apiChanges, candidate);
  }

  /**
   * @param named the sources that are named from now on
   * @param config whose sources stay known as well
   */
  follow(named: readonly string[], config: FullConfig | undefined): void {
    this.#sources = this.#known(named, config);
    this.#named = named;
  }

  /**
   * Adds the sources of a config that is being applied: one of them may send a document before all is applied.
   *
   * @returns removes them again
   */
  expect(named: readonly string[], config: FullConfig): () => void {
    const before = this.#sources;
    this.#sources = [...new Set([...before, ...this.#known(named, config)])];
    return () => {
      this.#sources = before;
    };
  }

  /** @returns the status of the active config's sources. Under a pin, the layers may name others, which wait for the unpin */
  status(apiChanges: ApiChanges): ConfigStatus["sources"] {
    const config = this.options.active.config;
    const running = config && sourceNames(config, this.options.given);
    return this.#sources
      .filter(({ name }) => !running || running.includes(name))
      .map(({ name, state, origin, problems, layer }) => {
        const overridden = layer ? overriddenIn(layer.document, apiChanges) : [];
        return {
          name,
          state,
          ...(origin === undefined ? {} : { origin }),
          problems: problems.map((problem) => ({ ...problem })),
          ...(overridden.length > 0 && { overridden }),
        };
      });
  }

  get #sourceLayers(): SourceLayers {
    const { given, lastGood, active } = this.options;
    const layers = new Map(
      this.#sources.flatMap(({ name, layer }): [string, Layer][] => (layer ? [[name, layer]] : [])),
    );
    return { given, named: this.#named, layers, config: active.config ?? lastGood?.config ?? null };
  }

  /** @returns the sources that are named, and those of a config */
  #known(named: readonly string[], config: FullConfig | undefined): KnownSource[] {
    const names = new Set([...named, ...Object.keys(config?.sources ?? {})]);
    return [...names].map((name) => this.find(name) ?? this.#waiting(name));
  }

  /** @returns a source without a document. At the start, its earlier document applies until it sends one */
  #waiting(name: string): KnownSource {
    const { lastGood, active } = this.options;
    const layer = active.config ? undefined : lastGood?.layers.get(name);
    return { name, state: "waiting", origin: undefined, problems: [], layer, ...UNTRIED };
  }
}
