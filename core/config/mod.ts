/**
 * The config: layers, validation, plan and versions.
 *
 * @module
 */
export {
  type ConfigPlan,
  planChange,
  settingAt,
  type Section,
  type SlotChange,
  type SlotKind,
} from "./plan.ts";
export { describeFallback } from "./last-good.ts";
export { ConfigStore, type ConfigStoreOptions, type OfferOutcome } from "./store.ts";
export type { FullConfig } from "./full-config.ts";
export { SourceWatch, type SourceWatchOptions } from "./source-watch.ts";
