/**
 * What the screen knows of the engine, how old that is, and when to ask again. Nothing here draws, waits or sends.
 *
 * @module
 */
export {
  type ConnectionState,
  type EngineState,
  KEPT_EVENTS,
  KEPT_SAMPLES_MS,
  type Known,
  type MemorySample,
  nothingKnown,
  staleAfter,
  withAnswer,
  withConnection,
  withEvents,
  withOlderSwaps,
} from "./engine-state.ts";
export { Freshness } from "./freshness.ts";
export { PAGE, REFRESH, RESOURCES, type Resource, type Resources } from "./resources.ts";
