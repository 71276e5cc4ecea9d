/**
 * Puts the parts together: starts them in order, applies configs to them, and stops them in reverse.
 *
 * @module
 */
export { Engine, type EngineOptions } from "./engine.ts";
export { checkConfigFile, readConfigFile, type OfflineOptions } from "./check-config-file.ts";
