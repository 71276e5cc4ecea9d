// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * auto: blue-green if both instances fit into memory, else recreate. blue-green: the new instance is loaded beside the old one. recreate: the old instance finishes and is unloaded before the new one is loaded; new utterances wait. canary: the new instance gets a share of the new utterances until it is promoted or aborted.
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
 * One swap, as the journal stores it and the API returns it.
 */
export interface SwapRecord {
  id: string;
  slot: string;
  /**
   * Why the swap was made. recovery: the process died. rollback: somebody requested it, or the binding failed too often. demand: a request needs a voice that was not loaded. idle: the voice had no requests for a while. evicted: another slot needed its memory.
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
   * The new binding. null: the slot is unloaded.
   */
  to: ResolvedBinding | null;
  /**
   * The generation that was routed. Absent if none was.
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
  config?: InConfig;
  /**
   * Number of utterances that the replaced generation could not finish and the next one continues. Absent if there are none.
   */
  moved?: number;
}
/**
 * The exact releases, settings and device that fill a slot.
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
   * Time since the swap was planned, in ms.
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
/**
 * Whether the config has the new binding. Absent: nobody asked for the swap, or it brought no other binding.
 *
 * This interface was referenced by `SwapRecord`'s JSON-Schema
 * via the `definition` "InConfig".
 */
export interface InConfig {
  /**
   * pending: the new binding does not serve yet, or is being saved. saved: the config has it. until-restart: that was requested. not-saved: it serves, and the config could not take it.
   */
  state: "pending" | "saved" | "until-restart" | "not-saved";
  /**
   * The version of the config that first had it.
   */
  version?: number;
  /**
   * Why it was not saved.
   */
  message?: string;
}
