import type {
  ConfigVersionList,
  ConfigView,
  MemoryView,
  ModelList,
  PluginList,
  SlotList,
  SnapshotList,
  Status,
  SwapList,
  VoiceList,
} from "../../../schemas/generated/api.ts";
import {
  getConfig,
  getMemory,
  getModels,
  getPlugins,
  getSlots,
  getSnapshots,
  getStatus,
  getSwaps,
  getVersions,
  getVoices,
  type Request,
} from "../../client/mod.ts";

/** The resources of the engine, by name. */
export interface Resources {
  status: Status;
  slots: SlotList;
  memory: MemoryView;
  plugins: PluginList;
  models: ModelList;
  voices: VoiceList;
  swaps: SwapList;
  config: ConfigView;
  versions: ConfigVersionList;
  snapshots: SnapshotList;
}

export type Resource = keyof Resources;

interface RefreshPolicy<T> {
  readonly request: Request<T>;
  /** How often it is requested while a pane is shown that needs it, and else, in ms. Infinity: only when it is stale. */
  readonly shownMs: number;
  readonly hiddenMs: number;
}

/** How many swaps and versions are requested at once. Older ones are requested when somebody scrolls there. */
export const PAGE = 100;

export const REFRESH: { readonly [R in Resource]: RefreshPolicy<Resources[R]> } = {
  status: { request: getStatus, shownMs: 2_000, hiddenMs: 2_000 },
  slots: { request: getSlots, shownMs: 2_000, hiddenMs: 10_000 },
  // Sampled all the time, because the pane shows the last minutes.
  memory: { request: getMemory, shownMs: 2_000, hiddenMs: 2_000 },
  plugins: { request: getPlugins, shownMs: 30_000, hiddenMs: Infinity },
  models: { request: getModels, shownMs: 30_000, hiddenMs: Infinity },
  voices: { request: getVoices, shownMs: 30_000, hiddenMs: Infinity },
  swaps: { request: getSwaps(PAGE), shownMs: 60_000, hiddenMs: Infinity },
  config: { request: getConfig, shownMs: 30_000, hiddenMs: Infinity },
  versions: { request: getVersions(PAGE), shownMs: 60_000, hiddenMs: Infinity },
  snapshots: { request: getSnapshots, shownMs: 60_000, hiddenMs: Infinity },
};

export const RESOURCES = Object.keys(REFRESH) as Resource[];
