// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * start: the engine started. source: a source changed. patch: the overrides were changed over the API. revert: a change was not confirmed in time. swap: a slot was swapped or rolled back.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigCause".
 */
export type ConfigCause = "start" | "source" | "patch" | "rollback" | "unpin" | "revert" | "restore" | "swap";
export type PermissionList = (
  | string
  | {
      allow: string;
      /**
       * Shown to the admin who grants it.
       */
      reason?: string;
    }
)[];
export type NetPermissionList = (
  | string
  | {
      allow: string;
      /**
       * Shown to the admin who grants it.
       */
      reason?: string;
    }
)[];
/**
 * What to plan: a patch as for PATCH /control/config, or the document of a source.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigPlanRequest".
 */
export type ConfigPlanRequest =
  | {
      patch: ConfigPatch;
      /**
       * The version to plan for. The request is refused if another version is active.
       */
      base?: number;
    }
  | {
      /**
       * The document. It lies above the built-in defaults, as a config file does.
       */
      document: {};
      /**
       * The source to plan it for. Absent: it is the only document, without overrides.
       */
      source?: string;
      /**
       * The version to plan for. The request is refused if another version is active.
       */
      base?: number;
    };
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
 * Body of POST /v1/audio/speech: OpenAI's fields and Syrinx's own. null counts as absent. Fields that are not here are ignored, and named in the header X-Syrinx-Ignored.
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
   * A voice id or an alias. Absent: speech.defaultVoice.
   */
  voice?:
    | string
    | {
        id: string;
      };
  /**
   * Accepted for compatibility. The shipped voices ignore it.
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
   * audio: the audio itself. sse: OpenAI's events with base64 audio.
   */
  stream_format?: "audio" | "sse";
  /**
   * Hz. Absent: 24000 for pcm, the voice's own rate for other formats.
   */
  sample_rate?: 8000 | 11025 | 12000 | 16000 | 22050 | 24000 | 32000 | 44100 | 48000;
  /**
   * Sink slots that store this utterance.
   */
  sinks?: string[];
}
/**
 * Changes to a slot's binding. Absent fields keep their values.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SwapRequest".
 */
export interface SwapRequest {
  /**
   * NAME or NAME@RANGE with a semver range, e.g. piper@^1.0.0. Without a range: the newest release.
   *
   * This interface was referenced by `Config`'s JSON-Schema
   * via the `definition` "ReleaseRange".
   */
  plugin?: string;
  /**
   * null removes the model, for a plugin that runs without one.
   */
  model?: string | null;
  settings?: {};
  device?: string;
  /**
   * auto: blue-green if both instances fit into memory, else recreate. blue-green: the new instance is loaded beside the old one. recreate: the old instance finishes and is unloaded before the new one is loaded; new utterances wait. canary: the new instance gets a share of the new utterances until it is promoted or aborted.
   *
   * This interface was referenced by `SwapRecord`'s JSON-Schema
   * via the `definition` "Strategy".
   */
  strategy?: "auto" | "blue-green" | "recreate" | "canary";
  canary?: CanaryRequest;
  /**
   * Whether the config has the binding once it serves, as an override in a new version. false: until the engine ends, or the config changes this binding.
   */
  persist?: boolean;
  /**
   * A note, stored with the version of the config.
   */
  reason?: string;
}
/**
 * Settings of a canary; only with the strategy canary. Defaults: swap.canary of the config.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "CanaryRequest".
 */
export interface CanaryRequest {
  /**
   * Share of the new utterances that the canary gets.
   */
  percent?: number;
  /**
   * Number of utterances that the canary must speak before it is promoted.
   */
  minRequests?: number;
  /**
   * Share of its utterances that may fail. Above it, the canary is aborted.
   */
  maxErrorRate?: number;
  /**
   * Shortest time until the canary is promoted, in ms.
   */
  windowMs?: number;
  /**
   * Longest time that the canary may wait for its requests, in ms; longer than windowMs. Then it is rolled back, because it is not proven. Default: it waits without end.
   */
  maxWaitMs?: number;
}
/**
 * What a swap would do. Nothing is changed.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SwapPlan".
 */
export interface SwapPlan {
  slot: string;
  /**
   * unchanged: this binding runs already; a swap would start a new process of it. reconfigure: only live settings differ, so the process stays.
   */
  verdict: "unchanged" | "reconfigure" | "swap";
  /**
   * The running binding, if any.
   */
  from: ResolvedBinding | null;
  to: ResolvedBinding;
  changes: BindingChange[];
  permissions: {
    /**
     * Permissions that the plugin requests and was not granted. Each of them blocks the swap.
     */
    missing: PermissionView[];
    /**
     * Permissions that the running version of the plugin does not request.
     */
    added: PermissionView[];
  };
  /**
   * Why the plugin is blocked, and what to do about it.
   */
  reason?: string;
  /**
   * auto: blue-green if both instances fit into memory, else recreate. blue-green: the new instance is loaded beside the old one. recreate: the old instance finishes and is unloaded before the new one is loaded; new utterances wait. canary: the new instance gets a share of the new utterances until it is promoted or aborted.
   */
  strategy: "auto" | "blue-green" | "recreate" | "canary";
  memory: MemoryVerdict;
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
 * One value of a binding that differs. `from` or `to` is absent if that side has no value.
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
 * Whether there is enough memory now. Nothing is reserved.
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
   * Slots that are unloaded to make room.
   */
  evict: string[];
  /**
   * The verdict in words, with the numbers.
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
   * Whether every configured voice is ready, except those that are unloaded or loaded on demand.
   */
  ready: boolean;
  /**
   * The caller and its scopes.
   */
  caller: {
    /**
     * Name of the token; loopback without one.
     */
    name: string;
    /**
     * Scopes of the token. admin includes all of them. On a loopback address, a caller without a known token has all of them.
     */
    scopes: ("speak" | "read" | "admin")[];
  };
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
    /**
     * Over all voices, in the last 10 s.
     */
    requestsPerSecond: number;
  };
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SandboxStatus".
 */
export interface SandboxStatus {
  enforced: boolean;
  /**
   * What the kernel enforces, or why it enforces nothing.
   */
  summary: string;
  landlockAbi?: number;
  seccomp?: boolean;
  /**
   * Whether a plugin with network permission can only use the engine's egress proxy.
   */
  egress?: boolean;
}
/**
 * The last good config, and the state of each source's newest document.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigStatus".
 */
export interface ConfigStatus {
  /**
   * Version of the active config. It grows by one with every applied config, across restarts of the engine.
   */
  version: number;
  /**
   * Whether a rollback or a restore has pinned the config.
   */
  pinned?: boolean;
  sources: {
    name: string;
    /**
     * held: it is valid, and waits for an unpin.
     */
    state: "waiting" | "accepted" | "held" | "rejected";
    origin?: string;
    problems: ConfigProblem[];
    /**
     * JSON pointers of its values that have no effect because overrides replace them. Absent: none.
     */
    overridden?: string[];
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
 * A config that was applied, as the journal stores it.
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
  cause?: ConfigCause;
  /**
   * The source whose document caused it, or overrides for a change over the API.
   */
  source?: string;
  /**
   * Who requested it: the name of a token, or loopback.
   */
  actor?: string;
  reason?: string;
  outcome: "applied";
  /**
   * The earlier version whose document it has.
   */
  rollbackTo?: number;
  /**
   * Changes to the previous version's document (RFC 6902).
   */
  patch?: JsonPatchOperation[];
  document?: Config;
  /**
   * The document of each source at that time, the lowest first, above the built-in defaults.
   */
  layers: ConfigLayer[];
}
/**
 * RFC 6902. Arrays are replaced whole.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "JsonPatchOperation".
 */
export interface JsonPatchOperation {
  op: "add" | "remove" | "replace";
  path: string;
  value?: unknown;
}
/**
 * syrinx.jsonc: the whole of an engine's configuration. Every key has a default.
 */
export interface Config {
  /**
   * For editors; the engine does not read it.
   */
  $schema?: string;
  server?: ServerConfig;
  plugins?: PluginsConfig;
  models?: ModelsConfig;
  speech?: SpeechConfig;
  /**
   * Sources of the config: name to source, in the order in which they are written. A later source overrides an earlier one. The source named file reads the file that the engine was started with. It always exists and comes first.
   */
  sources?: {
    [k: string]: SourceBinding;
  };
  /**
   * Slot name to binding. A voice id is the slot's name, or slot/speaker.
   */
  voices?: {
    [k: string]: VoiceBinding;
  };
  /**
   * Slot name to binding. A request names the sinks that store its utterance.
   */
  sinks?: {
    [k: string]: SinkBinding;
  };
  swap?: SwapConfig;
  memory?: MemoryConfig;
  journal?: JournalConfig;
  log?: {
    /**
     * Lowest level that is logged on stderr.
     */
    level?: "debug" | "info" | "warn" | "error";
  };
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "ServerConfig".
 */
export interface ServerConfig {
  /**
   * Address to bind. An address other than a loopback one needs tokens.
   */
  host?: string;
  /**
   * 0: any free port.
   */
  port?: number;
  /**
   * Tokens that callers need when the address is not a loopback one.
   */
  tokens?: {
    /**
     * Name of the caller, shown in the history.
     */
    name: string;
    /**
     * SHA-256 of the token in lower-case hex.
     */
    sha256: string;
    /**
     * speak: request speech. read: read the state and the events. admin: change the engine.
     *
     * @minItems 1
     */
    scopes: ("speak" | "read" | "admin")[];
  }[];
  /**
   * Web origins whose pages may call, in addition to loopback ones.
   */
  allowedOrigins?: string[];
  /**
   * Longest time that a stop of the engine waits for what is in flight, in ms. After that it aborts the responses and kills the plugin processes.
   */
  stopTimeoutMs?: number;
  /**
   * Whether the lists of voices and models can be read without a token.
   */
  publicVoices?: boolean;
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "PluginsConfig".
 */
export interface PluginsConfig {
  /**
   * Folders to search for plugins, after the shipped folder and $SYRINX_HOME/plugins.
   */
  paths?: string[];
  /**
   * Plugin name to the permissions that it is granted. Shipped plugins get what their manifests request.
   */
  grants?: {
    [k: string]: Permissions;
  };
  /**
   * auto: enforce what this kernel supports, and report it. require: refuse to load a plugin when the kernel cannot enforce the sandbox.
   */
  sandbox?: "auto" | "require";
  /**
   * Most processes and threads that the process of one plugin and all that it has started may have together. A plugin with more is ended and replaced.
   */
  maxProcesses?: number;
}
/**
 * What the plugin may use beyond its own folder. read, write: files and folders; a path may begin with $MODEL, $PLUGIN, $DATA or $SETTINGS.<key>. net: host:port, host (ports 80 and 443), *.host:port, or $SETTINGS.<key>, a setting that contains one of these or a URL. run: programs. env: variables; PREFIX* and $SETTINGS.<key>* mean all variables with that prefix. device: cuda.
 */
export interface Permissions {
  read?: PermissionList;
  write?: PermissionList;
  net?: NetPermissionList;
  run?: PermissionList;
  env?: PermissionList;
  device?: PermissionList;
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "ModelsConfig".
 */
export interface ModelsConfig {
  /**
   * Folders to search for models, after the shipped folder and $SYRINX_HOME/models.
   */
  paths?: string[];
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "SpeechConfig".
 */
export interface SpeechConfig {
  /**
   * Voice id for requests that name none.
   */
  defaultVoice?: string;
  /**
   * Another name for a voice, to its voice id.
   */
  aliases?: {
    /**
     * A voice id.
     */
    [k: string]: string;
  };
  /**
   * Maximum length of a request's text, in UTF-16 code units.
   */
  maxCharacters?: number;
  /**
   * Maximum number of utterances in progress at once, per voice slot. Further requests get 429.
   */
  maxQueue?: number;
  /**
   * Longest time that a request waits for a voice to load, in ms.
   */
  loadTimeoutMs?: number;
  /**
   * How many CPU cores a voice may use at once. auto: all that the engine may use. It holds for voices that are loaded later.
   */
  cores?: number | "auto";
  loudness?: LoudnessConfig;
}
/**
 * Brings every voice to the same loudness. A change applies at once, to utterances that begin after it.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "LoudnessConfig".
 */
export interface LoudnessConfig {
  /**
   * Integrated loudness (EBU R 128, mono), in LUFS. off: no gain and no limiter.
   */
  target?: number | "off";
  /**
   * Highest true peak, in dBTP (dB of full scale, peaks between samples included).
   */
  ceiling?: number;
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "SourceBinding".
 */
export interface SourceBinding {
  /**
   * NAME or NAME@RANGE with a semver range, e.g. piper@^1.0.0. Without a range: the newest release.
   *
   * This interface was referenced by `Config`'s JSON-Schema
   * via the `definition` "ReleaseRange".
   */
  plugin: string;
  /**
   * Settings of the plugin; its manifest has their schema. The path of file is the one that the engine was started with.
   */
  settings?: {};
  /**
   * Whether the document of this source may change this entry.
   */
  force?: boolean;
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "VoiceBinding".
 */
export interface VoiceBinding {
  /**
   * NAME or NAME@RANGE with a semver range, e.g. piper@^1.0.0. Without a range: the newest release.
   *
   * This interface was referenced by `Config`'s JSON-Schema
   * via the `definition` "ReleaseRange".
   */
  plugin: string;
  /**
   * NAME or NAME@RANGE with a semver range, e.g. piper@^1.0.0. Without a range: the newest release.
   *
   * This interface was referenced by `Config`'s JSON-Schema
   * via the `definition` "ReleaseRange".
   */
  model?: string;
  /**
   * auto, cpu, cuda or cuda:N.
   */
  device?: string;
  /**
   * Settings of the plugin; its manifest has their schema.
   */
  settings?: {};
  /**
   * When the voice is loaded. eager: when the engine starts. on-demand: at the first request.
   */
  load?: "eager" | "on-demand";
  /**
   * Time without a request after which the voice is unloaded, in ms. The next request loads it again. 0: never unloaded.
   */
  idleUnloadMs?: number;
  /**
   * Memory limit of the plugin's process, in bytes. A process that uses more is replaced. Absent: the budget of the host's memory.
   *
   * This interface was referenced by `Config`'s JSON-Schema
   * via the `definition` "MemoryLimit".
   */
  memoryLimitBytes?: number;
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "SinkBinding".
 */
export interface SinkBinding {
  /**
   * NAME or NAME@RANGE with a semver range, e.g. piper@^1.0.0. Without a range: the newest release.
   *
   * This interface was referenced by `Config`'s JSON-Schema
   * via the `definition` "ReleaseRange".
   */
  plugin: string;
  /**
   * Audio format of the stored utterances.
   */
  format?: "mp3" | "wav" | "pcm";
  /**
   * Settings of the plugin; its manifest has their schema.
   */
  settings?: {};
  /**
   * Memory limit of the plugin's process, in bytes. A process that uses more is replaced. Absent: the budget of the host's memory.
   *
   * This interface was referenced by `Config`'s JSON-Schema
   * via the `definition` "MemoryLimit".
   */
  memoryLimitBytes?: number;
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "SwapConfig".
 */
export interface SwapConfig {
  /**
   * Longest time from the start of a plugin process to its hello, in ms.
   */
  startTimeoutMs?: number;
  /**
   * Longest time to load a model, in ms.
   */
  loadTimeoutMs?: number;
  /**
   * Longest time that a replaced instance has to finish its utterances, in ms. After that, the new instance continues them at their next segment.
   */
  drainTimeoutMs?: number;
  /**
   * Time from the answer to one health check until the next check of a serving plugin process, in ms.
   */
  healthIntervalMs?: number;
  /**
   * Longest time that a serving plugin process may take to answer a health check, in ms. After that it is killed and replaced.
   */
  healthTimeoutMs?: number;
  /**
   * Longest time that a voice may send no audio for a segment while its listener waits, in ms. After that its process is killed and replaced, and the request fails.
   */
  audioTimeoutMs?: number;
  /**
   * Longest time that a plugin process may take to end a call that was cancelled, in ms. After that it is killed and replaced.
   */
  cancelTimeoutMs?: number;
  /**
   * Time between two checks of a serving plugin process's memory, in ms. A process over its limit is killed and replaced.
   */
  memoryIntervalMs?: number;
  /**
   * How long the replaced instance is kept for an instant rollback, in ms. 0: it is not kept.
   */
  parkForMs?: number;
  watch?: WatchConfig;
  canary?: CanaryConfig;
}
/**
 * How a new binding is watched after it was routed. If it fails too often, the slot is rolled back to the previous binding.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "WatchConfig".
 */
export interface WatchConfig {
  /**
   * How long the new binding is watched, in ms. 0: it is not watched.
   */
  windowMs?: number;
  /**
   * Number of requests needed to judge the binding.
   */
  minRequests?: number;
  /**
   * Share of the requests that may fail: 0 is none, 1 is all.
   */
  maxErrorRate?: number;
}
/**
 * Defaults for canary swaps. The new binding gets a share of the new utterances, and all of them once it has passed.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "CanaryConfig".
 */
export interface CanaryConfig {
  /**
   * Share of the new utterances that the new binding gets.
   */
  percent?: number;
  /**
   * Number of requests needed to judge the canary.
   */
  minRequests?: number;
  /**
   * Share of the requests that may fail: 0 is none, 1 is all.
   */
  maxErrorRate?: number;
  /**
   * Shortest time until the canary gets all new utterances, in ms.
   */
  windowMs?: number;
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "MemoryConfig".
 */
export interface MemoryConfig {
  /**
   * Device (host, cuda:0, ... or, in MIG mode, cuda:0/mig-1) to the most of its memory that all plugins together may use. Default: 80% of the host's memory, and always at least 600 MB; 95% of each GPU's. A share set for a GPU applies to each of its MIG devices.
   */
  budgets?: {
    /**
     * A share such as 80%, or bytes.
     *
     * This interface was referenced by `Config`'s JSON-Schema
     * via the `definition` "MemoryBudget".
     */
    [k: string]: string | number;
  };
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "JournalConfig".
 */
export interface JournalConfig {
  /**
   * How many of the newest config versions the journal keeps, and how many rejected candidates.
   */
  keepVersions?: number;
  /**
   * How many of the newest requested snapshots the journal keeps, and how many automatic ones.
   */
  keepSnapshots?: number;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigLayer".
 */
export interface ConfigLayer {
  source: string;
  /**
   * Where the document came from: a path or a URL.
   */
  origin: string;
  document: unknown;
}
/**
 * The active config and its layers.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigView".
 */
export interface ConfigView {
  /**
   * Its number, also sent as the ETag.
   */
  version: number;
  document: Config;
  /**
   * The document of each source, the lowest first, above the built-in defaults; then the overrides, if there are any. While the config is pinned, an unpin applies these.
   */
  layers: ConfigLayer[];
  /**
   * The top layer: the changes made over the API. Absent: there are none.
   */
  overrides?: {};
  pinned?: ConfigPin;
  held?: ConfigHeld;
  unconfirmed?: ConfigUnconfirmed;
}
/**
 * A rollback or a restore has pinned the config. Documents of sources are held, and not applied, until an unpin.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigPin".
 */
export interface ConfigPin {
  /**
   * The version whose document it is.
   */
  version?: number;
  /**
   * The snapshot whose document it is.
   */
  snapshot?: string;
  /**
   * RFC 3339.
   */
  at: string;
  actor: string;
  reason?: string;
}
/**
 * What an unpin would change now. Absent: nothing.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigHeld".
 */
export interface ConfigHeld {
  changes: ConfigChange[];
  /**
   * Why the engine would refuse an unpin.
   */
  problems?: ConfigProblem[];
}
/**
 * One value that differs. `from` or `to` is absent if that side has no value.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigChange".
 */
export interface ConfigChange {
  /**
   * JSON pointer into the document.
   */
  pointer: string;
  from?: unknown;
  to?: unknown;
}
/**
 * A change that is reverted unless it is confirmed in time.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigUnconfirmed".
 */
export interface ConfigUnconfirmed {
  /**
   * The version that the change made.
   */
  version: number;
  /**
   * When the change is reverted (RFC 3339), or at the next start of the engine if that comes first.
   */
  until: string;
  actor: string;
}
/**
 * Changes requested over the API, as the journal stores them for the next start.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigApiChanges".
 */
export interface ConfigApiChanges {
  overrides?: {};
  pinned?: {
    pin: ConfigPin;
    /**
     * The whole config.
     */
    document: {};
  };
  /**
   * What the next start restores if the change is still being applied, or was not confirmed.
   */
  unconfirmed?: {
    version?: number;
    /**
     * RFC 3339. Absent: it is being applied.
     */
    until?: string;
    actor: string;
    before: ConfigApiChanges;
  };
}
/**
 * A JSON Merge Patch (RFC 7396) of the config. null removes a value of the sources and the defaults.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigPatch".
 */
export interface ConfigPatch {}
/**
 * What a change of the config would do. Nothing is changed. It is valid only for the version `base`.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigPlanView".
 */
export interface ConfigPlanView {
  /**
   * The active version. Send it as If-Match to apply exactly this plan.
   */
  base: number;
  /**
   * Voices, then sinks. Removed ones come last.
   */
  slots: SlotPlan[];
  /**
   * Config sources, in their order. Removed ones come last.
   */
  sources: SlotPlan[];
  /**
   * Sections that differ, such as speech. Contains sources if their order differs.
   */
  sections: string[];
  /**
   * Every value that differs.
   */
  changes: ConfigChange[];
  /**
   * Processes that it would end, because they use more memory than they may have then. Absent: none.
   */
  ends?: PlannedEnd[];
  /**
   * Why the engine would reject it. The other lists are then empty.
   */
  problems?: ConfigProblem[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SlotPlan".
 */
export interface SlotPlan {
  slot: string;
  /**
   * Compared with what runs. reconfigure: the process stays. swap: a new process replaces the old one.
   */
  action: "unchanged" | "reconfigure" | "swap" | "add" | "remove";
  /**
   * JSON pointers into the slot's entry.
   */
  changed: string[];
  /**
   * load: a process is started and its model is loaded.
   */
  cost: "none" | "load";
  memory?: MemoryVerdict1;
  /**
   * Why the slot could not be filled, e.g. a release is missing, or lacks a permission.
   */
  problem?: string;
}
/**
 * Whether there is enough memory for a swap, and how much it needs.
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
   * Slots that are unloaded to make room.
   */
  evict: string[];
  /**
   * The verdict in words, with the numbers.
   */
  message: string;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "PlannedEnd".
 */
export interface PlannedEnd {
  slot: string;
  pid: number;
  usedBytes: number;
  limitBytes: number;
  /**
   * The same in words.
   */
  message: string;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigRollbackRequest".
 */
export interface ConfigRollbackRequest {
  version: number;
  /**
   * A comment, stored with the version.
   */
  reason?: string;
}
/**
 * A version without its document and layers.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigVersionSummary".
 */
export interface ConfigVersionSummary {
  number: number;
  /**
   * RFC 3339.
   */
  at: string;
  cause?: ConfigCause;
  /**
   * The source whose document caused it, or overrides for a change over the API.
   */
  source?: string;
  /**
   * Who requested it: the name of a token, or loopback.
   */
  actor?: string;
  reason?: string;
  outcome: "applied";
  /**
   * The earlier version whose document it has.
   */
  rollbackTo?: number;
  /**
   * Changes to the previous version's document (RFC 6902).
   */
  patch?: JsonPatchOperation[];
}
/**
 * A candidate that did not become a version.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigRejection".
 */
export interface ConfigRejection {
  id: number;
  /**
   * RFC 3339.
   */
  at: string;
  /**
   * The active version, which did not change.
   */
  base: number;
  cause?: ConfigCause;
  source?: string;
  actor?: string;
  /**
   * rejected: the config is not valid. failed: it could not be applied, and the previous config was restored.
   */
  outcome: "rejected" | "failed";
  problems: ConfigProblem[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigVersionList".
 */
export interface ConfigVersionList {
  /**
   * Newest first.
   */
  versions: ConfigVersionSummary[];
  /**
   * Rejected candidates from the time when one of these versions was active, newest first.
   */
  rejections: ConfigRejection[];
  /**
   * Pass this as ?before= for the next page; absent on the last.
   */
  before?: number;
}
/**
 * What differs between two versions.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigDiff".
 */
export interface ConfigDiff {
  from: number;
  to: number;
  /**
   * RFC 6902: changes the one into the other.
   */
  patch: JsonPatchOperation[];
  changes: ConfigChange[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SnapshotRequest".
 */
export interface SnapshotRequest {
  name?: string;
}
/**
 * The config, the binding of each slot, and the state of the plugins, at one moment.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SnapshotView".
 */
export interface SnapshotView {
  id: string;
  /**
   * RFC 3339.
   */
  at: string;
  name?: string;
  /**
   * request: somebody requested it. Otherwise the engine took it before the named operation.
   */
  reason: "request" | "rollback" | "restore";
  actor: string;
  /**
   * Version of the config that was active.
   */
  version: number;
  slots: SnapshotSlot[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SnapshotSlot".
 */
export interface SnapshotSlot {
  slot: string;
  /**
   * null: nothing was running.
   */
  binding: ResolvedBinding | null;
  /**
   * Size of the plugin's state as JSON. 0: it has none.
   */
  stateBytes: number;
  /**
   * Why its state is missing.
   */
  problem?: string;
}
/**
 * A snapshot as the journal stores it.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SnapshotRecord".
 */
export interface SnapshotRecord {
  id: string;
  /**
   * RFC 3339.
   */
  at: string;
  name?: string;
  reason: "request" | "rollback" | "restore";
  actor: string;
  version: number;
  document: Config;
  slots: SlotRecord[];
}
/**
 * The binding of a slot and the state of its plugin. The state is any JSON, and absent if there is none.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SlotRecord".
 */
export interface SlotRecord {
  slot: string;
  binding: ResolvedBinding | null;
  state?: unknown;
  /**
   * Why its state is missing.
   */
  problem?: string;
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SnapshotList".
 */
export interface SnapshotList {
  /**
   * Newest first.
   */
  snapshots: SnapshotView[];
}
/**
 * What a restore did.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SnapshotRestore".
 */
export interface SnapshotRestore {
  snapshot: string;
  /**
   * The snapshot taken before the restore. Restore it to go back.
   */
  before: string;
  config: ConfigView;
  /**
   * Swaps of the slots that had to change. A failed one has its error, and the previous binding keeps serving.
   */
  swaps: SwapRecord[];
  /**
   * Slots that could not be swapped, e.g. because a release is missing. The others are restored.
   */
  problems: {
    slot: string;
    message: string;
  }[];
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
 * What a restore would do now. Nothing is changed.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SnapshotRestorePlan".
 */
export interface SnapshotRestorePlan {
  snapshot: string;
  config: ConfigPlanView1;
  /**
   * What each slot would do. Removed ones come last.
   */
  slots: SlotRestorePlan[];
}
/**
 * What the config would change. It is applied first; if it has problems, nothing is restored.
 */
export interface ConfigPlanView1 {
  /**
   * The active version. Send it as If-Match to apply exactly this plan.
   */
  base: number;
  /**
   * Voices, then sinks. Removed ones come last.
   */
  slots: SlotPlan[];
  /**
   * Config sources, in their order. Removed ones come last.
   */
  sources: SlotPlan[];
  /**
   * Sections that differ, such as speech. Contains sources if their order differs.
   */
  sections: string[];
  /**
   * Every value that differs.
   */
  changes: ConfigChange[];
  /**
   * Processes that it would end, because they use more memory than they may have then. Absent: none.
   */
  ends?: PlannedEnd[];
  /**
   * Why the engine would reject it. The other lists are then empty.
   */
  problems?: ConfigProblem[];
}
/**
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SlotRestorePlan".
 */
export interface SlotRestorePlan {
  slot: string;
  /**
   * unchanged: the slot runs this binding already, and the snapshot has no state for it. add: the snapshot's config adds the slot. The slot is then swapped if it ran another binding, or if there is state.
   */
  action: "unchanged" | "swap" | "add" | "unload" | "remove";
  /**
   * The running binding, if any.
   */
  from: ResolvedBinding | null;
  /**
   * The binding in the snapshot, if any.
   */
  to: ResolvedBinding | null;
  /**
   * Size of the state that its plugin gets, as JSON. 0: there is none.
   */
  stateBytes: number;
  plan?: SwapPlan1;
  /**
   * Why the slot could not be restored, e.g. a release is missing, or there is too little memory.
   */
  problem?: string;
}
/**
 * Plan of the swap or the first load. Absent if it depends on the plugin and model folders of the snapshot's config, or if there is a problem.
 */
export interface SwapPlan1 {
  slot: string;
  /**
   * unchanged: this binding runs already; a swap would start a new process of it. reconfigure: only live settings differ, so the process stays.
   */
  verdict: "unchanged" | "reconfigure" | "swap";
  /**
   * The running binding, if any.
   */
  from: ResolvedBinding | null;
  to: ResolvedBinding;
  changes: BindingChange[];
  permissions: {
    /**
     * Permissions that the plugin requests and was not granted. Each of them blocks the swap.
     */
    missing: PermissionView[];
    /**
     * Permissions that the running version of the plugin does not request.
     */
    added: PermissionView[];
  };
  /**
   * Why the plugin is blocked, and what to do about it.
   */
  reason?: string;
  /**
   * auto: blue-green if both instances fit into memory, else recreate. blue-green: the new instance is loaded beside the old one. recreate: the old instance finishes and is unloaded before the new one is loaded; new utterances wait. canary: the new instance gets a share of the new utterances until it is promoted or aborted.
   */
  strategy: "auto" | "blue-green" | "recreate" | "canary";
  memory: MemoryVerdict;
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
   * Whether it gets every permission that it requests: it ships with the engine, or is under development (syrinx dev).
   */
  trusted: boolean;
  formats?: string[];
  state: "available" | "blocked";
  /**
   * Why it is blocked, and what to do about it.
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
 * What to grant a plugin. {}: all permissions that its newest blocked release lacks.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "GrantRequest".
 */
export interface GrantRequest {
  /**
   * The release to grant for. Absent: the newest blocked one.
   */
  version?: string;
  /**
   * Some of the permissions listed in `missing`. Absent: all of them.
   *
   * @minItems 1
   */
  permissions?: PermissionView[];
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
   * When the slot is loaded. eager: when the engine starts. on-demand: at the first request.
   */
  load: "eager" | "on-demand";
  /**
   * 0: no binding was routed yet.
   */
  generation: number;
  /**
   * The wanted binding as written, before versions were chosen: that of the config, or one that was chosen since.
   */
  desired: {};
  /**
   * The binding in the config, if it differs from the desired one. The slot gets it at the next start.
   */
  configured?: {};
  running: ResolvedBinding | null;
  /**
   * The running swap.
   */
  swap?: string;
  rollback?: ResolvedBinding1;
  /**
   * Voice ids that this slot offers.
   */
  voices?: string[];
  notes?: string[];
  /**
   * The serving instance comes first.
   */
  instances: InstanceView[];
  /**
   * Number of times that a dead process was replaced.
   */
  restarts?: number;
  traffic?: SlotTraffic;
  error?: ErrorInfo;
}
/**
 * The exact releases, settings and device that fill a slot.
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
   * Utterances in progress.
   */
  inflight: number;
  rssBytes?: number;
  device?: string;
  /**
   * Loudness of each probed speaker before any gain, in LUFS (EBU R 128, mono).
   */
  loudness?: {
    [k: string]: number;
  };
  sandbox?: string;
  startedAt: string;
}
/**
 * Requests for a voice, and how they went.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SlotTraffic".
 */
export interface SlotTraffic {
  /**
   * All requests for the voice in the last 10 s, including refused ones.
   */
  requestsPerSecond: number;
  /**
   * Time from a request to its first encoded audio, in ms: the 95th percentile over the last minute, accurate to 3 %. Absent: there were no requests.
   */
  firstAudioP95Ms?: number;
  /**
   * Requests that were refused (queue-full), that waited too long for the voice, or that broke off. Invalid requests, and those whose client left, do not count.
   */
  failedLastMinute: number;
  /**
   * Utterances in progress: waiting, being spoken, or being read by a slow client.
   */
  active: number;
  /**
   * Active utterances that no process speaks yet: the voice is loading, or they wait for their turn.
   */
  queued: number;
  /**
   * Maximum number of active utterances: speech.maxQueue.
   */
  maxQueue: number;
}
/**
 * The devices, and how much of their memory each instance holds.
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
   * Used by all programs.
   */
  usedBytes: number;
  /**
   * The most that all plugins together may use.
   */
  budgetBytes: number;
  /**
   * Reserved by instances of this engine.
   */
  reservedBytes: number;
  /**
   * Why its memory is not known. The sizes are then 0.
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
   * Proportional set size of its process and of all processes that it started. Absent: not known.
   */
  hostBytes?: number;
  /**
   * As the driver reports it. Absent: it uses no GPU, or the driver does not report it.
   */
  gpuBytes?: number;
  /**
   * Memory that it holds on its device: measured, or estimated until it was measured.
   */
  reservedBytes: number;
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
   * BCP 47. und: not known before it is loaded.
   */
  language: string;
  /**
   * The release that speaks, or will speak once it is loaded.
   */
  release?: string;
  /**
   * Hz. Absent: not known before the voice is loaded.
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
