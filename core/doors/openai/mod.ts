/**
 * OpenAI's speech API: `/v1/audio/speech`, `/v1/audio/voices` and `/v1/models`.
 *
 * @module
 */
export { speechRoutes } from "./speech.ts";
export { voiceRoutes } from "./voices.ts";
