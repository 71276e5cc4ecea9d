/**
 * Which sources there are. The config names them, and their documents make the config, so the list has to be found. Pure.
 *
 * Nobody is locked out: no layer removes a source that is always there, and a document is rejected if it would remove its own
 * source, or change its own source's entry without `force` (e.g. of a server that moves, and serves the same at its new URL). If
 * such a change failed, nobody could repair it. The author of a document is an admin: it may name tokens and grants.
 *
 * Sources are an object and not an array, so that a layer can add or remove one without repeating the others. Their order is
 * the order in which their names were first written, from the lowest layer up. Names begin with a letter because JavaScript
 * sorts keys that are numbers.
 *
 * @module
 */
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import { escapePointer } from "../../json-pointer.ts";
import { changedPointers, mergeLayers } from "../json/mod.ts";
import { type FullConfig, type Layer, located } from "../layers/mod.ts";

/** More rounds than any sensible chain of sources that name each other needs. */
const MAX_ROUNDS = 16;

/** @returns the names of a config's sources, the lowest first: those that are always there, then the others as written */
export function sourceNames(config: unknown, given: readonly string[]): string[] {
  const { sources } = members(config);
  return [...given, ...Object.keys(members(sources)).filter((name) => !given.includes(name))];
}

/**
 * Finds the list of sources whose documents name just that list. A source that is removed takes its document along, and with
 * it the sources that it alone has named; it may also bring some back.
 *
 * @param given names of the sources that are always there, regardless of the layers
 * @param present the list to begin with
 * @param layersOf returns the layers of a list of sources, the lowest first
 * @returns undefined if there is no such list, as sources name and remove each other
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

/** @returns the problem of a document that would remove its own source, or leave no list of sources */
export function selfRemoval(source: string, { origin }: Layer, given: readonly string[]): ConfigProblem {
  if (given.includes(source)) {
    return noList(origin);
  }
  const message = `the source ${source} cannot remove its own entry, or the source that names it, because its document would be removed too: remove it in the document that names it`;
  return { pointer: `/sources/${escapePointer(source)}`, message, origin };
}

/** @returns the problem of a document, or of overrides, that would leave no list of sources */
export function noList(origin: string): ConfigProblem {
  const message = "with this document, sources would add and remove each other without end";
  return { pointer: "/sources", message, origin };
}

/**
 * Keeps a source from changing its own entry: if that failed, the source could not repair it.
 *
 * @param source the name of the source whose document is new in `after`
 * @param before null: there was no config yet
 * @param layers the layers that `after` was made of
 * @returns the problem, if there is one
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
  const message = `the source ${source} cannot change its own entry, because nobody could repair it if that fails: change it in another source, or add "force": true to it`;
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
