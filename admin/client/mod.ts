/**
 * The engine as the screen knows it: its HTTP API and its events, and nothing else.
 *
 * @module
 */
export { type EngineAddress, EngineClient } from "./engine-client.ts";
export { type Connection, type EventListener, followEvents } from "./event-feed.ts";
export { problemPlace, problemText } from "./problem-text.ts";
export type { EngineError, Outcome, Request } from "./request.ts";
export * from "./requests.ts";
