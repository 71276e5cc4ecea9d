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
   * Why: start, config, request, reload or recovery.
   */
  reason: "start" | "config" | "request" | "reload" | "recovery";
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
