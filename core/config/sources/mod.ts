/**
 * The config sources: which there are, what their documents make together, and the processes that are listened to.
 *
 * @module
 */
export type { Candidate, Composition, ValidatedComposition } from "./composition.ts";
export {
  type EarlierSources,
  type KnownSource,
  KnownSources,
  type KnownSourcesOptions,
  UNTRIED,
} from "./known-sources.ts";
export { settleSources, sourceNames } from "./source-list.ts";
export { type SourceRunner, SourceSet, type SourceSetOptions } from "./source-set.ts";
export type { DocumentTaker } from "./source-watch.ts";
