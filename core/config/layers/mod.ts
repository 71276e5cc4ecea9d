/**
 * Layers: documents and where they came from, merged and checked into one full config. Pure.
 *
 * @module
 */
export { DEFAULT_DOCUMENT } from "./defaults.ts";
export type { FullConfig, FullSink, FullSource, FullVoice } from "./full-config.ts";
export { hasValueAt, type Layer, located } from "./layer.ts";
export {
  checkSlots,
  defaultConfig,
  type SlotChecker,
  type Validation,
  validate,
  validateWhole,
} from "./validate.ts";
