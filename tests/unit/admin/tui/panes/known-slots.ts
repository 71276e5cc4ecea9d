/**
 * Slots, swaps and releases as an engine tells of them.
 *
 * @module
 */
import type {
  MemoryView,
  ModelView,
  PluginView,
  SlotTraffic,
  SlotView,
  SwapPlan,
} from "../../../../../schemas/generated/api.ts";
import type { StageEntry, SwapRecord, SwapStage } from "../../../../../schemas/generated/swap.ts";
import { ago, type Known } from "./known-engine.ts";

export const SLT = { plugin: "piper@1.0.0", model: "slt@1.0.0", settings: {}, device: "auto" };
export const RMS = { ...SLT, model: "rms@1.0.0" };

export const NO_TRAFFIC: SlotTraffic = {
  requestsPerSecond: 0,
  failedLastMinute: 0,
  active: 0,
  queued: 0,
  maxQueue: 512,
};

export function slotView(slot: string, more: Partial<SlotView> = {}): SlotView {
  return {
    slot,
    kind: "voice",
    state: "ready",
    load: "eager",
    generation: 1,
    desired: { plugin: "piper", model: "slt" },
    running: SLT,
    instances: [
      {
        pid: 7,
        state: "serving",
        generation: 1,
        inflight: 0,
        rssBytes: 50e6,
        device: "cpu",
        startedAt: ago(0),
      },
    ],
    traffic: NO_TRAFFIC,
    ...more,
  };
}

/** @param stages that it has reached, with how long ago each was, in ms */
export function swapRecord(
  stages: readonly (readonly [stage: SwapStage, msAgo: number])[],
  more: Partial<SwapRecord> = {},
): SwapRecord {
  const first = stages[0]?.[1] ?? 0;
  const entries = stages.map(([stage, msAgo]): StageEntry => ({
    stage,
    at: ago(msAgo),
    elapsedMs: first - msAgo,
  }));
  return {
    id: "swap-1",
    slot: "voices.a",
    reason: "request",
    strategy: "auto",
    from: SLT,
    to: RMS,
    stage: entries.at(-1)?.stage ?? "planned",
    stages: entries,
    startedAt: ago(first),
    ...more,
  };
}

/** @returns one that is over: `msAgo` of the last stage is its end */
export function endedSwap(
  stages: readonly (readonly [stage: SwapStage, msAgo: number])[],
  more: Partial<SwapRecord> = {},
): SwapRecord {
  return swapRecord(stages, { endedAt: ago(stages.at(-1)?.[1] ?? 0), ...more });
}

export function plugin(name: string, version: string, more: Partial<PluginView> = {}): PluginView {
  const permissions = { asked: [], missing: [] };
  const about = { description: "", license: "", directory: "", trusted: true };
  return { name, version, kind: "voice", state: "available", permissions, ...about, ...more };
}

export function model(name: string, version: string, more: Partial<ModelView> = {}): ModelView {
  const about = { license: "", directory: "", bytes: 4.7e6 };
  return { name, version, format: "onnx", languages: ["en-US"], ...about, ...more };
}

export function swapPlan(more: Partial<SwapPlan> = {}): SwapPlan {
  return {
    slot: "voices.a",
    verdict: "swap",
    from: SLT,
    to: RMS,
    changes: [{ pointer: "/model", from: SLT.model, to: RMS.model }],
    permissions: { missing: [], added: [] },
    strategy: "blue-green",
    memory: {
      verdict: "fits-beside",
      device: "cpu",
      needs: [{ device: "host", bytes: 50e6 }],
      evict: [],
      message: "voices.a needs 50 MB of the host, which has 20.2 GB free",
    },
    ...more,
  };
}

/** What is known of slots, and of what can fill them. */
export interface KnownSlots {
  slots: readonly SlotView[];
  swaps?: readonly SwapRecord[];
  plugins?: readonly PluginView[];
  models?: readonly ModelView[];
  memory?: MemoryView;
}

/** @returns what an engine is to know; of what is not said there is nothing */
export function knownSlots({ slots, swaps = [], plugins = [], models = [], memory }: KnownSlots): Known {
  return {
    slots: { slots: [...slots] },
    swaps: { swaps: [...swaps] },
    plugins: { plugins: [...plugins], problems: [] },
    models: { models: [...models], problems: [] },
    ...(memory && { memory }),
  };
}
