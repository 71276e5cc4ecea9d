// Generated from JSON Schema by `bun run types`. Do not edit.
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
   * Why. idle, evicted: it was unloaded, as nobody asked for it, or to make room. demand: it was loaded for a request.
   */
  reason:
    | "start"
    | "config"
    | "request"
    | "reload"
    | "recovery"
    | "rollback"
    | "unload"
    | "load"
    | "idle"
    | "evicted"
    | "demand";
  /**
   * The binding that served before, if any.
   */
  from: ResolvedBinding | null;
  to: ResolvedBinding;
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
