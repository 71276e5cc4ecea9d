/**
 * Puts the parts together: starts them in order, applies configs to them, and stops them in reverse.
 *
 * @module
 */

export { checkConfigFile, type OfflineOptions, readConfigFile } from "./check-config-file.ts";
export { Engine } from "./engine.ts";
export type { EngineOptions } from "./engine-options.ts";
