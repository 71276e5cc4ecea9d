// Generated from JSON Schema by `bun run types`. Do not edit.
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
 * NAME or NAME@RANGE with a semver range, e.g. piper@^1.0.0. Without a range: the newest release.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "ReleaseRange".
 */
export type ReleaseRange = string;
/**
 * Memory limit of the plugin's process, in bytes. A process that uses more is replaced. Absent: the budget of the host's memory.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "MemoryLimit".
 */
export type MemoryLimit = number;
/**
 * A share such as 80%, or bytes.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "MemoryBudget".
 */
export type MemoryBudget = string | number;
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "SlotName".
 */
export type SlotName = string;
/**
 * A name that begins with a letter, because keys that are numbers would lose their order. The name overrides is reserved for changes over the API.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "SourceName".
 */
export type SourceName = string;
/**
 * Share of the requests that may fail: 0 is none, 1 is all.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "ErrorRate".
 */
export type ErrorRate = number;
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "AudioFormat".
 */
export type AudioFormat = "mp3" | "wav" | "pcm";

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
  plugin: ReleaseRange;
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
  plugin: ReleaseRange;
  model?: ReleaseRange;
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
  memoryLimitBytes?: MemoryLimit;
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "SinkBinding".
 */
export interface SinkBinding {
  plugin: ReleaseRange;
  /**
   * Audio format of the stored utterances.
   */
  format?: "mp3" | "wav" | "pcm";
  /**
   * Settings of the plugin; its manifest has their schema.
   */
  settings?: {};
  memoryLimitBytes?: MemoryLimit;
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
    [k: string]: MemoryBudget;
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
