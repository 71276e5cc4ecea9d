/**
 * The typed client of an engine's HTTP API and of its events, and the words for what they hold. Integrators import it as
 * `syrinx/client`. It runs in Bun, and bundled in browsers.
 *
 * @module
 */
export * from "./binding-text.ts";
export * from "./config-text.ts";
export { bytesOf, DEFAULT_URL, type EngineAddress, EngineClient } from "./engine-client.ts";
export { type Connection, type EventListener, type FeedOptions, followEvents } from "./event-feed.ts";
export { followSwap } from "./follow-swap.ts";
export * from "./plan-text.ts";
export { problemPlace, problemText } from "./problem-text.ts";
export type { EngineError, Outcome, Request } from "./request.ts";
export * from "./requests.ts";
export * from "./setting-name.ts";
export { notRestored, snapshotName } from "./snapshot-text.ts";
export * from "./swap-text.ts";
export { bytesText, spanText, timeText, tookText } from "./units.ts";
export { WavMeter, withWavSizes } from "./wav.ts";
