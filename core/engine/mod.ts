/**
 * Puts the parts together: starts them in order, applies configs to them, and stops them in reverse.
 *
 * @module
 */
export { Engine } from "./engine.ts";
export type { EngineOptions } from "./engine-options.ts";
export { checkConfigFile, readConfigFile, type OfflineOptions } from "./check-config-file.ts";
