/**
 * The config that the sources make together: which sources are named, and how their documents lie over each other. Pure.
 *
 * @module
 */
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import { type ApiChanges, layeredConfig, OVERRIDES, overridesLayer } from "../api-changes.ts";
import type { FullConfig, Layer, Validation } from "../layers/mod.ts";
import { noList, selfChange, selfRemoval, settleSources } from "./source-list.ts";

/** What is known of the sources. */
export interface SourceLayers {
  /** Names of the sources that are always there, the lowest first. */
  readonly given: readonly string[];
  /** Names of the sources that are named now, the lowest first. */
  readonly named: readonly string[];
  /** The newest document of each source, by its name; also of sources that nobody names now. */
  readonly layers: ReadonlyMap<string, Layer>;
  /** The active config, or the last good one; null: there is none. */
  readonly config: FullConfig | null;
}

/** A document that its source wants to apply. */
export interface Candidate {
  /** The name of the source. */
  readonly source: string;
  readonly layer: Layer;
}

export interface Composition {
  /** The names of the sources whose layers name just these, the lowest first. */
  readonly named: readonly string[];
  /** The documents of these sources. */
  readonly documents: readonly Layer[];
  /** The documents and the overrides: all that the config is made of. */
  readonly layers: readonly Layer[];
}

/** A composition that a candidate makes. */
export interface ValidatedComposition extends Composition {
  /** Its config, or the candidate's problems. A pin is not looked at. */
  readonly validation: Validation;
}

/**
 * @param apiChanges as they are, or would be
 * @returns the composition. With a `fault`, no list of sources stays: the composition is of those that are always there
 */
export function compose(
  sourceLayers: SourceLayers,
  apiChanges: ApiChanges,
): Composition & { readonly fault?: ConfigProblem } {
  const { composition, isSettled } = settle(sourceLayers, apiChanges);
  return isSettled ? composition : { ...composition, fault: noList(OVERRIDES) };
}

/** Composes with a candidate instead of its source's document, and validates the result. */
export function composeWith(
  sourceLayers: SourceLayers,
  apiChanges: ApiChanges,
  candidate: Candidate,
): ValidatedComposition {
  const { given, named: present } = sourceLayers;
  const { source, layer } = candidate;
  const { composition, isSettled } = settle(sourceLayers, apiChanges, candidate);
  const { named, documents, layers } = composition;
  // A source that only a pinned config has is in no list: its document cannot take it away, and waits for the unpin.
  if (!isSettled || (!named.includes(source) && present.includes(source)))
    return { ...composition, validation: { problems: [selfRemoval(source, layer, given)] } };
  const validation = layeredConfig(documents, apiChanges);
  if (!validation.config) return { ...composition, validation };
  const before = apiChanges.pinned
    ? layeredConfig(layersOf(sourceLayers, present), apiChanges).config
    : sourceLayers.config;
  const fault = selfChange(source, before ?? null, validation.config, layers);
  return { ...composition, validation: fault ? { problems: [fault] } : validation };
}

function settle(
  sourceLayers: SourceLayers,
  apiChanges: ApiChanges,
  candidate?: Candidate,
): { composition: Composition; isSettled: boolean } {
  const { given, named: present } = sourceLayers;
  const overrides = overridesLayer(apiChanges);
  const settled = settleSources(given, present, (names) => [
    ...layersOf(sourceLayers, names, candidate),
    ...overrides,
  ]);
  const named = settled ?? given;
  const documents = layersOf(sourceLayers, named, candidate);
  return {
    composition: { named, documents, layers: [...documents, ...overrides] },
    isSettled: settled !== undefined,
  };
}

function layersOf({ layers }: SourceLayers, names: readonly string[], candidate?: Candidate): Layer[] {
  return names.flatMap((name) => (name === candidate?.source ? candidate.layer : (layers.get(name) ?? [])));
}
