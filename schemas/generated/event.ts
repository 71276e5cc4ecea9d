// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * What GET /control/events tells, as the data of one event; its kind is the event's name, its id the event's id.
 */
export type EngineEvent = SwapEvent | SlotEvent | ConfigEvent | RefusalEvent | GapEvent;
/**
 * One higher for every event of this home, across restarts of the engine.
 */
export type EventId = number;

/**
 * A swap has reached a stage.
 */
export interface SwapEvent {
  id: EventId;
  /**
   * RFC 3339.
   */
  at: string;
  kind: "swap";
  slot: string;
  swap: SwapRecord;
}
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
  /**
   * auto: blue-green if both fit into memory, else recreate. blue-green: the new instance is loaded beside the old one. recreate: new utterances wait while the old instance finishes, and is unloaded before the new one is loaded. canary: a share of the new utterances goes to the new instance until it is promoted or taken back.
   *
   * This interface was referenced by `SwapRecord`'s JSON-Schema
   * via the `definition` "Strategy".
   */
  strategy?: "auto" | "blue-green" | "recreate" | "canary";
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
  /**
   * This interface was referenced by `SwapRecord`'s JSON-Schema
   * via the `definition` "SwapStage".
   */
  stage:
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
  /**
   * This interface was referenced by `SwapRecord`'s JSON-Schema
   * via the `definition` "SwapStage".
   */
  stage:
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
/**
 * A slot's state, generation or error has changed.
 */
export interface SlotEvent {
  id: EventId;
  /**
   * RFC 3339.
   */
  at: string;
  kind: "slot";
  slot: string;
  state: "loading" | "ready" | "recovering" | "unloaded" | "failed" | "stopped";
  /**
   * 0: nothing was routed yet.
   */
  generation: number;
  error?: ErrorInfo;
}
/**
 * A config was applied; or a document was rejected, and the last good config stays; or it is good and held, as the config is pinned.
 */
export interface ConfigEvent {
  id: EventId;
  /**
   * RFC 3339.
   */
  at: string;
  kind: "config";
  outcome: "applied" | "rejected" | "held";
  /**
   * The version in force.
   */
  version: number;
  /**
   * Whose document it was, or overrides for what was set over the API; absent: the last good config or the defaults, at the start.
   */
  source?: string;
  /**
   * start: of the engine. source: a source said it. patch: asked for over the API, a change of the overrides. revert: a change that was not confirmed in time has gone back.
   */
  cause?: "start" | "source" | "patch" | "rollback" | "unpin" | "revert" | "restore";
  /**
   * Who asked for it, where somebody did.
   */
  actor?: string;
  /**
   * Why it was rejected.
   */
  problems?: ConfigProblem[];
}
export interface ConfigProblem {
  /**
   * JSON pointer into the document.
   */
  pointer: string;
  message: string;
  origin?: string;
  line?: number;
  column?: number;
}
/**
 * The egress proxy refused a plugin a connection that it was not granted.
 */
export interface RefusalEvent {
  id: EventId;
  /**
   * RFC 3339.
   */
  at: string;
  kind: "refusal";
  slot: string;
  /**
   * host:port that was asked for.
   */
  target: string;
  reason: string;
  /**
   * How many refusals before this one were not told of, as they were too many or the same.
   */
  untold: number;
}
/**
 * The events between the one that the reader knew and this one are forgotten: read the state anew.
 */
export interface GapEvent {
  id: EventId;
  /**
   * RFC 3339.
   */
  at: string;
  kind: "gap";
  /**
   * The id that the reader knew.
   */
  after: number;
}
