/**
 * Which sources there are: the config says so, and the sources say what the config is. Pure.
 *
 * @module
 */
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import { escapePointer } from "../../json-pointer.ts";
import { changedPointers, mergeLayers } from "../json/mod.ts";
import { type FullConfig, type Layer, located } from "../layers/mod.ts";

/** Chains of sources that name each other are shorter. */
const MAX_ROUNDS = 16;

/** @returns the names of the sources of a config, the lowest first: those that are given, then in the order as written */
export function sourceNames(config: unknown, given: readonly string[]): string[] {
  const { sources } = members(config);
  return [...given, ...Object.keys(members(sources)).filter((name) => !given.includes(name))];
}

/**
 * Finds the list of sources whose own layers name just that list. What a source has said goes with it: so one that is taken
 * away may take along others, or bring some back.
 *
 * @param given sources that are always there, whatever a layer says
 * @param present the list to begin with
 * @param layersOf what the sources of a list say, the lowest first
 * @returns undefined if there is none, as sources name and take away each other
 */
export function settleSources(
  given: readonly string[],
  present: readonly string[],
  layersOf: (names: readonly string[]) => readonly Layer[],
): readonly string[] | undefined {
  let names = present;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const document = mergeLayers(layersOf(names).map((layer) => layer.document));
    const wanted = sourceNames(document, given);
    if (Bun.deepEquals(names, wanted)) return names;
    names = wanted;
  }
  return undefined;
}

/** @returns what is wrong with a document with which the source that says it would be gone, or no list stays */
export function selfRemoval(source: string, { origin }: Layer, given: readonly string[]): ConfigProblem {
  if (given.includes(source)) {
    return noList(origin);
  }
  const message = `the source ${source} cannot take itself away, or what names it, as what it says would go with it: take it out of the document that names it`;
  return { pointer: `/sources/${escapePointer(source)}`, message, origin };
}

/** @returns what is wrong with a document, or with overrides, with which no list of sources would stay */
export function noList(origin: string): ConfigProblem {
  const message = "with this sources would name and take away each other, so that no list of them stays";
  return { pointer: "/sources", message, origin };
}

/**
 * Keeps a source from changing where it comes from: if that fails, nobody would be there to put it right.
 *
 * @param source whose document is new in `after`
 * @param before null: nothing was in force yet
 * @param layers that `after` was made of
 * @returns what is wrong
 */
export function selfChange(
  source: string,
  before: FullConfig | null,
  after: FullConfig,
  layers: readonly Layer[],
): ConfigProblem | undefined {
  const [old, entry] = [own(before, source), own(after, source)];
  if (!old || !entry || old.force || entry.force || changedPointers(old, entry).length === 0)
    return undefined;
  const pointer = `/sources/${escapePointer(source)}`;
  const message = `the source ${source} cannot change itself, as nobody could put it right if that fails: change it in another source, or add "force": true to it`;
  return located({ pointer, message }, layers);
}

function own(config: FullConfig | null, source: string) {
  return config && Object.hasOwn(config.sources, source) ? config.sources[source] : undefined;
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
