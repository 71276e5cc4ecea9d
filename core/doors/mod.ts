/**
 * The speech APIs that clients know, a folder each. None knows another; all speak through core/speech.
 *
 * @module
 */
export { speechRoutes, voiceRoutes } from "./openai/mod.ts";
