/**
 * The config: layers, validation, plan and versions.
 *
 * @module
 */
export {
  type ConfigPlan,
  changesReleases,
  planChange,
  settingAt,
  type Section,
  type SlotChange,
  type SlotKind,
  type SourceChange,
} from "./plan.ts";
export { ConfigControl, type ConfigControlOptions } from "./control.ts";
export { ConfigHistory } from "./history.ts";
export { type PreviewSlot, type SlotPreview, planView } from "./plan-view.ts";
export { describeFallback } from "./last-good.ts";
export type { OfferOutcome } from "./outcome.ts";
export { ConfigStore, type ConfigStoreOptions } from "./store.ts";
export type { FullConfig, FullSource } from "./full-config.ts";
export { Snapshots, type SnapshotsOptions } from "./snapshots.ts";
export { SourceSet, type SourceSetOptions } from "./source-set.ts";
export { mergeLayers } from "./json/mod.ts";
export { type Layer, located, says } from "./locate.ts";
export { sourceNames } from "./source-list.ts";
export { validate } from "./validate.ts";
export { changesBetween } from "./json/mod.ts";
