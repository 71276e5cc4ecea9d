// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * auto: blue-green if both fit into memory, else recreate. blue-green: the new instance is loaded beside the old one. recreate: new utterances wait while the old instance finishes, and is unloaded before the new one is loaded. canary: a share of the new utterances goes to the new instance until it is promoted or taken back.
 *
 * This interface was referenced by `SwapRecord`'s JSON-Schema
 * via the `definition` "Strategy".
 */
export type Strategy = "auto" | "blue-green" | "recreate" | "canary";
/**
 * This interface was referenced by `SwapRecord`'s JSON-Schema
 * via the `definition` "SwapStage".
 */
export type SwapStage =
  | "planned"
  | "admitted"
  | "starting"
  | "loading"
  | "restoring"
  | "probing"
  | "canary"
  | "routed"
  | "draining"
  | "done"
  | "failed"
  | "rolled-back"
  | "interrupted";

/**
 * One swap as the journal keeps it and the API shows it.
 */
export interface SwapRecord {
  id: string;
  slot: string;
  /**
   * Why. recovery: the process died. rollback: by hand, or as the binding made too many errors. demand: somebody wants to hear a voice that was not loaded. idle, evicted: nobody did, and its memory was wanted.
   */
  reason:
    | "start"
    | "config"
    | "request"
    | "reload"
    | "recovery"
    | "rollback"
    | "load"
    | "unload"
    | "demand"
    | "idle"
    | "evicted";
  strategy?: Strategy;
  /**
   * The binding that served before, if any.
   */
  from: ResolvedBinding | null;
  /**
   * The binding that is to serve; null: none, as the slot is unloaded.
   */
  to: ResolvedBinding | null;
  /**
   * The generation that was routed; absent if none was.
   */
  generation?: number;
  stage: SwapStage;
  stages: StageEntry[];
  /**
   * RFC 3339.
   */
  startedAt: string;
  /**
   * RFC 3339.
   */
  endedAt?: string;
  error?: ErrorInfo;
  /**
   * How many utterances the replaced generation could not finish and the next one goes on with; absent if none.
   */
  moved?: number;
}
/**
 * What fills a slot: exact releases, settings and device.
 *
 * This interface was referenced by `SwapRecord`'s JSON-Schema
 * via the `definition` "ResolvedBinding".
 */
export interface ResolvedBinding {
  /**
   * NAME@VERSION
   */
  plugin: string;
  /**
   * NAME@VERSION
   */
  model?: string;
  settings: {};
  device: string;
}
/**
 * This interface was referenced by `SwapRecord`'s JSON-Schema
 * via the `definition` "StageEntry".
 */
export interface StageEntry {
  stage: SwapStage;
  /**
   * RFC 3339.
   */
  at: string;
  /**
   * Since the swap was planned, in ms.
   */
  elapsedMs: number;
  detail?: string;
}
/**
 * This interface was referenced by `SwapRecord`'s JSON-Schema
 * via the `definition` "ErrorInfo".
 */
export interface ErrorInfo {
  code: string;
  message: string;
}
