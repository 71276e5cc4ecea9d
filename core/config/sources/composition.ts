/**
 * What the sources come to: which of them are named, and how what they say lies over each other. Pure.
 *
 * @module
 */
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import type { FullConfig, Layer } from "../layers/mod.ts";
import { noList, selfChange, selfRemoval, settleSources } from "./source-list.ts";
import { type ApiChanges, layeredConfig, OVERRIDES, overridesLayer } from "../api-changes.ts";

/** What is known of the sources. */
export interface SourceLayers {
  /** Names of those that are always there, the lowest first. */
  readonly given: readonly string[];
  /** Names of those that are named now, the lowest first. */
  readonly named: readonly string[];
  /** What each says that has said something, by its name; those included that nobody names now. */
  readonly layers: ReadonlyMap<string, Layer>;
  /** The config in force, or the last good one; null: there is none. */
  readonly config: FullConfig | null;
}

/** A document that its source wants to be in force. */
export interface Candidate {
  /** The name of the source. */
  readonly source: string;
  readonly layer: Layer;
}

export interface Composition {
  /** The names of the sources whose layers name just them, the lowest first. */
  readonly named: readonly string[];
  /** What those say. */
  readonly documents: readonly Layer[];
  /** That, and the overrides: all that the config is made of. */
  readonly layers: readonly Layer[];
  /** Why the sources, or the one that wants something else, cannot have it so. */
  readonly fault?: ConfigProblem;
}

/**
 * @param apiChanges as they are, or would be
 * @param candidate takes the place of what its source has said
 */
export function compose(
  sourceLayers: SourceLayers,
  apiChanges: ApiChanges,
  candidate?: Candidate,
): Composition {
  const { given, named: present } = sourceLayers;
  const layersBy = (names: readonly string[]) => layersOf(sourceLayers, names, candidate);
  const over = overridesLayer(apiChanges);
  const settled = settleSources(given, present, (names) => [...layersBy(names), ...over]);
  const named = settled ?? given;
  const documents = layersBy(named);
  const composition = { named, documents, layers: [...documents, ...over] };
  if (!candidate) return settled ? composition : { ...composition, fault: noList(OVERRIDES) };
  const { source, layer } = candidate;
  // One that a pinned config alone has neither names itself nor takes itself away: what it says waits with it.
  if (!settled || (!settled.includes(source) && present.includes(source)))
    return { ...composition, fault: selfRemoval(source, layer, given) };
  const before = apiChanges.pinned
    ? layeredConfig(layersOf(sourceLayers, present), apiChanges).config
    : sourceLayers.config;
  const after = layeredConfig(documents, apiChanges).config;
  const fault = after && selfChange(source, before ?? null, after, composition.layers);
  return { ...composition, ...(fault && { fault }) };
}

function layersOf({ layers }: SourceLayers, names: readonly string[], candidate?: Candidate): Layer[] {
  return names.flatMap((name) => (name === candidate?.source ? candidate.layer : (layers.get(name) ?? [])));
}
