// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SlotState".
 */
export type SlotState = "loading" | "ready" | "recovering" | "unloaded" | "failed" | "stopped";
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "InstanceState".
 */
export type InstanceState =
  "starting" | "loading" | "restoring" | "probing" | "canary" | "serving" | "draining" | "parked" | "ending";

/**
 * Bodies of the HTTP API.
 */
export interface Api {
  [k: string]: unknown;
}
/**
 * OpenAI's body of POST /v1/audio/speech, and Syrinx's own fields.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SpeechRequest".
 */
export interface SpeechRequest {
  /**
   * A voice plugin, a voice slot, or any of OpenAI's names.
   */
  model?: string;
  /**
   * The text to speak.
   */
  input: string;
  /**
   * A voice id or an alias; absent: speech.defaultVoice.
   */
  voice?:
    | string
    | {
        id: string;
      };
  /**
   * Accepted for compatibility; the voices that ship cannot follow it.
   */
  instructions?: string;
  /**
   * mp3, wav or pcm.
   */
  response_format?: string;
  /**
   * 1 is the voice's own speed.
   */
  speed?: number;
  /**
   * audio: the sound itself. sse: OpenAI's events with base64 audio.
   */
  stream_format?: "audio" | "sse";
  /**
   * Hz. Absent: 24000 for pcm, the voice's own for the rest.
   */
  sample_rate?: 8000 | 11025 | 12000 | 16000 | 22050 | 24000 | 32000 | 44100 | 48000;
  /**
   * Sink slots that keep this utterance.
   */
  sinks?: string[];
}
/**
 * What to change of a slot's binding; what is absent stays.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SwapRequest".
 */
export interface SwapRequest {
  /**
   * NAME or NAME@RANGE with a semver range, e.g. piper@^1.0.0. Without a range: the newest release.
   */
  plugin?: string;
  /**
   * null takes the model away, for a plugin that runs without one.
   */
  model?: string | null;
  settings?: {};
  device?: string;
  /**
   * auto: blue-green if both fit into memory, else recreate. blue-green: the new instance is loaded beside the old one. recreate: new utterances wait while the old instance finishes, and is unloaded before the new one is loaded. canary: a share of the new utterances goes to the new instance until it is promoted or taken back.
   *
   * This interface was referenced by `SwapRecord`'s JSON-Schema
   * via the `definition` "Strategy".
   */
  strategy?: "auto" | "blue-green" | "recreate" | "canary";
  canary?: CanaryRequest;
}
/**
 * How a canary is tried; what is absent is as swap.canary in the config says. Only with the strategy canary.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "CanaryRequest".
 */
export interface CanaryRequest {
  /**
   * Share of the new utterances that goes to it.
   */
  percent?: number;
  /**
   * So many utterances it must have spoken before it is promoted.
   */
  minRequests?: number;
  /**
   * Share of its utterances in which it may fail: more, and it is taken back.
   */
  maxErrorRate?: number;
  /**
   * How long it is tried at least, in ms.
   */
  windowMs?: number;
}
/**
 * What a swap would do, worked out without doing it.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SwapPlan".
 */
export interface SwapPlan {
  slot: string;
  /**
   * unchanged: what runs is this binding already; swapped all the same, it would be started anew. reconfigure: settings alone differ that the process takes while it runs, so it serves on.
   */
  verdict: "unchanged" | "reconfigure" | "swap";
  /**
   * The binding that runs, if any.
   */
  from: ResolvedBinding | null;
  to: ResolvedBinding;
  changes: BindingChange[];
  permissions: {
    /**
     * Asked for and not granted; any of them blocks the swap.
     */
    missing: PermissionView[];
    /**
     * Asked for, and not by the version of the same plugin that runs.
     */
    added: PermissionView[];
  };
  /**
   * Why the plugin is blocked, and what to do.
   */
  reason?: string;
  /**
   * auto: blue-green if both fit into memory, else recreate. blue-green: the new instance is loaded beside the old one. recreate: new utterances wait while the old instance finishes, and is unloaded before the new one is loaded. canary: a share of the new utterances goes to the new instance until it is promoted or taken back.
   */
  strategy: "auto" | "blue-green" | "recreate" | "canary";
  memory: MemoryVerdict;
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
 * One value of a binding that differs. `from` or `to` is absent where there is none.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "BindingChange".
 */
export interface BindingChange {
  /**
   * JSON pointer into the binding, e.g. /model or /settings/threads.
   */
  pointer: string;
  from?: unknown;
  to?: unknown;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "PermissionView".
 */
export interface PermissionView {
  kind: "read" | "write" | "net" | "run" | "env" | "device";
  allow: string;
  reason?: string;
}
/**
 * Whether there is room for it now; nothing is reserved.
 */
export interface MemoryVerdict {
  verdict: "fits-beside" | "fits-after-unload" | "refused";
  /**
   * cpu, or a GPU's id.
   */
  device: string;
  needs: {
    device: string;
    bytes: number;
  }[];
  /**
   * Slots that are unloaded for it.
   */
  evict: string[];
  /**
   * With the numbers.
   */
  message: string;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Status".
 */
export interface Status {
  name: "syrinx";
  version: string;
  pluginApi: string;
  pid?: number;
  uptimeSeconds: number;
  /**
   * Every configured voice speaks, but those that are unloaded or come on demand.
   */
  ready: boolean;
  sandbox: SandboxStatus;
  config: ConfigStatus;
  counts: {
    slots: number;
    slotsReady: number;
    plugins: number;
    models: number;
    utterancesActive: number;
    utterancesDone: number;
    utterancesFailed: number;
  };
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SandboxStatus".
 */
export interface SandboxStatus {
  enforced: boolean;
  /**
   * What the kernel enforces, or why it does not.
   */
  summary: string;
  landlockAbi?: number;
  seccomp?: boolean;
  /**
   * Whether a plugin that was granted network is held to the engine's egress proxy.
   */
  egress?: boolean;
}
/**
 * The last good document and what became of the newest candidate of each source.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigStatus".
 */
export interface ConfigStatus {
  /**
   * Of the config in force: one higher for every other config that was applied, across restarts of the engine.
   */
  version: number;
  sources: {
    name: string;
    state: "waiting" | "accepted" | "rejected";
    origin?: string;
    problems: ConfigProblem[];
  }[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigProblem".
 */
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
 * A config that was applied, as the journal keeps it.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigVersion".
 */
export interface ConfigVersion {
  number: number;
  /**
   * RFC 3339.
   */
  at: string;
  /**
   * Whose document brought it about; absent: the engine's start.
   */
  source?: string;
  /**
   * Who asked for it, where somebody did.
   */
  actor?: string;
  outcome: "applied";
  /**
   * What each source had said by then, the lowest first, over the built-in defaults.
   */
  layers: ConfigLayer[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigLayer".
 */
export interface ConfigLayer {
  source: string;
  /**
   * For people: a path or a URL.
   */
  origin: string;
  document: unknown;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "PluginList".
 */
export interface PluginList {
  plugins: PluginView[];
  problems: ManifestProblem[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "PluginView".
 */
export interface PluginView {
  name: string;
  version: string;
  kind: "voice" | "config-source" | "sink";
  description: string;
  license: string;
  directory: string;
  /**
   * Whether it is granted what it asks for: it came with the engine, or is under development (syrinx dev).
   */
  trusted: boolean;
  formats?: string[];
  state: "available" | "blocked";
  /**
   * Why it is blocked, and what to do.
   */
  reason?: string;
  permissions: {
    asked: PermissionView[];
    missing: PermissionView[];
  };
  /**
   * JSON Schema of the slot's settings.
   */
  settings?: {};
}
/**
 * A plugin.json or model.json that could not be read.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ManifestProblem".
 */
export interface ManifestProblem {
  path: string;
  problems: ConfigProblem[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ModelList".
 */
export interface ModelList {
  models: ModelView[];
  problems: ManifestProblem[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ModelView".
 */
export interface ModelView {
  name: string;
  version: string;
  format: string;
  languages: string[];
  license: string;
  directory: string;
  /**
   * Size of the weights.
   */
  bytes: number;
  speakers?: string[];
  description?: string;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SlotList".
 */
export interface SlotList {
  slots: SlotView[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SlotView".
 */
export interface SlotView {
  slot: string;
  kind: "voice" | "config-source" | "sink";
  state: SlotState;
  /**
   * eager: at the start of the engine. on-demand: at the first request.
   */
  load: "eager" | "on-demand";
  /**
   * 0: nothing was routed yet.
   */
  generation: number;
  /**
   * The binding that is wanted: as it was written, before versions were chosen.
   */
  desired: {};
  running: ResolvedBinding | null;
  /**
   * The swap that is under way.
   */
  swap?: string;
  rollback?: ResolvedBinding1;
  /**
   * Voice ids that this slot offers.
   */
  voices?: string[];
  notes?: string[];
  /**
   * The one that serves first.
   */
  instances: InstanceView[];
  /**
   * Times that a dead process was replaced.
   */
  restarts?: number;
  error?: ErrorInfo;
}
/**
 * What fills a slot: exact releases, settings and device.
 */
export interface ResolvedBinding1 {
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
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "InstanceView".
 */
export interface InstanceView {
  pid: number;
  state: InstanceState;
  generation: number;
  /**
   * Utterances that it has in hand.
   */
  inflight: number;
  rssBytes?: number;
  device?: string;
  /**
   * How loud each speaker was that was probed, in LUFS (EBU R 128, mono), before any gain.
   */
  loudness?: {
    [k: string]: number;
  };
  sandbox?: string;
  startedAt: string;
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
 * The devices, and who holds how much of their memory.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "MemoryView".
 */
export interface MemoryView {
  devices: DeviceView[];
  instances: InstanceMemory[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "DeviceView".
 */
export interface DeviceView {
  /**
   * host, cuda:N or, in MIG mode, cuda:N/mig-I.
   */
  id: string;
  name: string;
  totalBytes: number;
  /**
   * By all programs.
   */
  usedBytes: number;
  /**
   * The most that plugins may take together.
   */
  budgetBytes: number;
  /**
   * Spoken for by instances of this engine.
   */
  reservedBytes: number;
  /**
   * Why its memory is not known; the sizes are 0 then.
   */
  problem?: string;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "InstanceMemory".
 */
export interface InstanceMemory {
  slot: string;
  pid: number;
  generation: number;
  state: InstanceState;
  /**
   * cpu, or a GPU's id.
   */
  device: string;
  /**
   * Of its process and all that it started: proportional set size. Absent: not known.
   */
  hostBytes?: number;
  /**
   * By the driver's word. Absent: it uses no GPU, or the driver does not tell.
   */
  gpuBytes?: number;
  /**
   * What it holds of its device: measured, or estimated as long as it was not.
   */
  reservedBytes: number;
}
/**
 * Whether there is memory for a swap, and what it takes.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "MemoryVerdict".
 */
export interface MemoryVerdict1 {
  verdict: "fits-beside" | "fits-after-unload" | "refused";
  /**
   * cpu, or a GPU's id.
   */
  device: string;
  needs: {
    device: string;
    bytes: number;
  }[];
  /**
   * Slots that are unloaded for it.
   */
  evict: string[];
  /**
   * With the numbers.
   */
  message: string;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SwapList".
 */
export interface SwapList {
  swaps: SwapRecord[];
  /**
   * Pass this as ?before= for the next page; absent on the last.
   */
  before?: string;
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
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "VoiceList".
 */
export interface VoiceList {
  object: "list";
  voices: VoiceView[];
  data: VoiceView[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "VoiceView".
 */
export interface VoiceView {
  id: string;
  name: string;
  /**
   * BCP 47; und: not known before it is loaded.
   */
  language: string;
  /**
   * That speaks, or will once it is loaded.
   */
  release?: string;
  /**
   * Hz. Absent: not known before it is loaded.
   */
  sample_rate?: number;
  aliases?: string[];
  default?: boolean;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "OpenAiModelList".
 */
export interface OpenAiModelList {
  object: "list";
  data: {
    id: string;
    object: "model";
    created: number;
    owned_by: string;
  }[];
}
/**
 * RFC 9457 problem details.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "Problem".
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors?: ConfigProblem[];
  swap?: SwapRecord;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "OpenAiError".
 */
export interface OpenAiError {
  error: {
    message: string;
    type: string;
    param: string | null;
    code: string | null;
  };
}
