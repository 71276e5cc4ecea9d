/**
 * The speech APIs that clients know, one folder each. They do not import each other; all of them use core/speech.
 *
 * @module
 */
export { speechRoutes, voiceRoutes } from "./openai/mod.ts";
