/**
 * The config: sources, layers, validation, plan, versions and snapshots.
 *
 * @module
 */
export type { Applier, ConfigSlots } from "./applier.ts";
export { type ChosenBinding, ChosenBindings } from "./chosen-bindings.ts";
export { ConfigControl, type ConfigControlOptions } from "./control.ts";
export { ConfigHistory } from "./history.ts";
export { changesBetween, mergeLayers, mergePatchOf } from "./json/mod.ts";
export { describeFallback, type LastGood, type RecalledConfig, recallConfig } from "./last-good.ts";
export {
  defaultConfig,
  type FullConfig,
  type FullSource,
  hasValueAt,
  type Layer,
  located,
  validate,
} from "./layers/mod.ts";
export type { OfferOutcome } from "./outcome.ts";
export {
  type ConfigPlan,
  changesReleases,
  NOTHING_RUNS,
  planChange,
  type Rebinding,
  type Section,
  type SlotChange,
  type SlotEntry,
  type SlotKind,
  type SourceChange,
} from "./plan.ts";
export { type KeptSlotChange, planView, type SlotPreview } from "./plan-view.ts";
export { SnapshotRestorer } from "./restore-snapshot.ts";
export { Snapshots, type SnapshotsOptions } from "./snapshots.ts";
export { type SourceRunner, SourceSet, type SourceSetOptions, sourceNames } from "./sources/mod.ts";
export { ConfigStore, type ConfigStoreOptions } from "./store.ts";
export { JournaledVersions, type VersionJournal } from "./version-journal.ts";
