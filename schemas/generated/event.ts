// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * The data of one event of GET /control/events. Its kind is the event's name; its id is the event's id.
 */
export type EngineEvent = SwapEvent | SlotEvent | ConfigEvent | RefusalEvent | GapEvent;
/**
 * Grows by one with every event of this home, across restarts of the engine.
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
  /**
   * auto: blue-green if both instances fit into memory, else recreate. blue-green: the new instance is loaded beside the old one. recreate: the old instance finishes and is unloaded before the new one is loaded; new utterances wait. canary: the new instance gets a share of the new utterances until it is promoted or aborted.
   *
   * This interface was referenced by `SwapRecord`'s JSON-Schema
   * via the `definition` "Strategy".
   */
  strategy?: "auto" | "blue-green" | "recreate" | "canary";
  /**
   * Who asked for it: the name of a token, or loopback. Absent: the engine or the config did it, or the record is from an older version.
   */
  actor?: string;
  /**
   * The binding that served when the swap began, if any. While the swap waits for its turn: the one that serves now may be another.
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
   * What rolled a binding back. In a swap with the reason rollback: what asked for it. In a swap with the stage rolled-back: what ended it. hand: a user. canary: the canary failed too often, or its process died. watch: a binding that was just routed failed too often, or died again and again. overtaken: something else was asked of the slot while the canary was on trial. max-wait: the canary had too few requests within maxWaitMs. config: the config change of which it was a part failed. Absent: it was not rolled back, or the record is from an older version.
   *
   * This interface was referenced by `SwapRecord`'s JSON-Schema
   * via the `definition` "RollbackCause".
   */
  rolledBackBy?: "hand" | "canary" | "watch" | "overtaken" | "max-wait" | "config";
  canary?: CanaryTrial;
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
 * The trial of a canary. While it is on trial, it waits until it has had minRequests requests and windowMs are over.
 *
 * This interface was referenced by `SwapRecord`'s JSON-Schema
 * via the `definition` "CanaryTrial".
 */
export interface CanaryTrial {
  /**
   * Utterances that it has spoken so far.
   */
  requests: number;
  /**
   * How many of these failed.
   */
  failed: number;
  /**
   * How many it must speak before it is promoted.
   */
  minRequests: number;
  /**
   * Shortest time until it is promoted, in ms.
   */
  windowMs: number;
  /**
   * Longest time on trial, in ms. Then it is rolled back. Absent: it waits without end.
   */
  maxWaitMs?: number;
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
   * 0: no binding was routed yet.
   */
  generation: number;
  error?: ErrorInfo;
}
/**
 * A config was applied; or a document was rejected and the last good config stays; or a valid document is held because the config is pinned.
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
   * The active version.
   */
  version: number;
  /**
   * The source of the document, or overrides for a change over the API. Absent: the last good config or the defaults, at the start.
   */
  source?: string;
  /**
   * start: the engine started. source: a source changed. patch: the overrides were changed over the API. revert: a change was not confirmed in time. swap: a slot was swapped or rolled back.
   */
  cause?: "start" | "source" | "patch" | "rollback" | "unpin" | "revert" | "restore" | "swap";
  /**
   * Who requested it, if somebody did.
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
 * The egress proxy refused a connection: the plugin has no permission for it, or makes too many.
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
   * host:port that the plugin tried to reach; the proxy itself if the plugin makes too many connections.
   */
  target: string;
  reason: string;
  /**
   * Number of earlier refusals that were not reported because there were too many or they were the same.
   */
  untold: number;
}
/**
 * The journal no longer has the events between `after` and this one. Read the state again.
 */
export interface GapEvent {
  id: EventId;
  /**
   * RFC 3339.
   */
  at: string;
  kind: "gap";
  /**
   * The last id that the reader had.
   */
  after: number;
}
