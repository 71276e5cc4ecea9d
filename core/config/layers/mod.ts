/**
 * Layers: documents and where they came from, merged and checked into one full config. Pure.
 *
 * @module
 */
export { DEFAULT_DOCUMENT } from "./defaults.ts";
export type { FullConfig, FullSink, FullSource, FullVoice } from "./full-config.ts";
export { type Layer, located, hasValueAt } from "./layer.ts";
export {
  checkSecrets,
  defaultConfig,
  type SecretFinder,
  validate,
  validateWhole,
  type Validation,
} from "./validate.ts";
