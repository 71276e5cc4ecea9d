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
export { Snapshots, type SnapshotsOptions } from "./snapshots.ts";
export { changesBetween, mergeLayers } from "./json/mod.ts";
export { type FullConfig, type FullSource, type Layer, located, says, validate } from "./layers/mod.ts";
export { sourceNames, SourceSet, type SourceSetOptions } from "./sources/mod.ts";
