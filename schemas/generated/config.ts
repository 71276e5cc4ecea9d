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
 * A process that uses more is replaced, in bytes. Absent: the budget of the host's memory.
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
 * Begins with a letter: keys that are numbers would lose their order. Not overrides, the name of what the API has changed.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "SourceName".
 */
export type SourceName = string;
/**
 * Share of the requests that may fail: 0 none, 1 all.
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
   * Where config comes from: name to source, in the order in which they are written; a later one goes before an earlier one. file, which the engine is started with, is always there, and the first.
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
   * Slot name to binding. A request names the sinks that keep its utterance.
   */
  sinks?: {
    [k: string]: SinkBinding;
  };
  swap?: SwapConfig;
  memory?: MemoryConfig;
  journal?: JournalConfig;
  log?: {
    /**
     * The least that is told on stderr.
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
   * Address to bind. Anything but a loopback address needs tokens.
   */
  host?: string;
  /**
   * 0: any free port.
   */
  port?: number;
  /**
   * Who may call when the address is not a loopback one.
   */
  tokens?: {
    /**
     * Who it is, for people.
     */
    name: string;
    /**
     * SHA-256 of the token in lower-case hex.
     */
    sha256: string;
    /**
     * speak: ask for speech. read: see what there is and what happens. admin: change it.
     *
     * @minItems 1
     */
    scopes: ("speak" | "read" | "admin")[];
  }[];
  /**
   * Web origins, beside loopback ones, whose pages may call.
   */
  allowedOrigins?: string[];
  /**
   * Let the lists of voices and models be read without a token.
   */
  publicVoices?: boolean;
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "PluginsConfig".
 */
export interface PluginsConfig {
  /**
   * Folders to look for plugins in, after the shipped folder and $SYRINX_HOME/plugins.
   */
  paths?: string[];
  /**
   * Plugin name to the permissions that it is granted. Shipped plugins are granted as they ask.
   */
  grants?: {
    [k: string]: Permissions;
  };
  /**
   * auto: enforce what this kernel can, and say so. require: refuse to load a plugin that cannot be held.
   */
  sandbox?: "auto" | "require";
}
/**
 * What the plugin may touch beyond its own folder. read, write: files and folders, that may begin with $MODEL, $PLUGIN, $DATA or $SETTINGS.<key>. net: host:port, host (ports 80 and 443), *.host:port, or $SETTINGS.<key> with one of these or a URL. run: programs. env: variables; PREFIX* or $SETTINGS.<key>* all that begin so. device: cuda.
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
   * Folders to look for models in, after the shipped folder and $SYRINX_HOME/models.
   */
  paths?: string[];
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "SpeechConfig".
 */
export interface SpeechConfig {
  /**
   * Voice id that is used when a request names none.
   */
  defaultVoice?: string;
  /**
   * Other name to voice id.
   */
  aliases?: {
    /**
     * A voice id.
     */
    [k: string]: string;
  };
  /**
   * Longest text of a request, in UTF-16 code units.
   */
  maxCharacters?: number;
  /**
   * Utterances that may be in hand at once, per voice slot. More are answered with 429.
   */
  maxQueue?: number;
  /**
   * How long a request waits for a voice that is still loading, in ms.
   */
  loadTimeoutMs?: number;
  loudness?: LoudnessConfig;
}
/**
 * How loud every voice is, so that a change of voice is no change of volume. Taken over at once, for utterances that begin from then on.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "LoudnessConfig".
 */
export interface LoudnessConfig {
  /**
   * Integrated loudness after EBU R 128, mono, in LUFS. off: voices are as loud as they are, and nothing is limited.
   */
  target?: number | "off";
  /**
   * No peak is higher, in dBTP (dB of full scale, between the samples as well).
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
   * Of the shape that the plugin's manifest gives. The path of file is what the engine was started with.
   */
  settings?: {};
  /**
   * Lets the document of this very source change this entry.
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
   * Of the shape that the plugin's manifest gives.
   */
  settings?: {};
  /**
   * eager: at the start of the engine. on-demand: at the first request.
   */
  load?: "eager" | "on-demand";
  /**
   * Freed after so long without a request, and loaded again at the next, in ms. 0: never freed.
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
   * What the utterances are kept as.
   */
  format?: "mp3" | "wav" | "pcm";
  /**
   * Of the shape that the plugin's manifest gives.
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
   * From spawning a plugin process to its hello, in ms.
   */
  startTimeoutMs?: number;
  /**
   * Longest load of a model, in ms.
   */
  loadTimeoutMs?: number;
  /**
   * How long a replaced instance may finish what it began, in ms. What is left then goes on with the new one at its next segment.
   */
  drainTimeoutMs?: number;
  /**
   * From one answer of a plugin process that serves to the next question whether it is well, in ms.
   */
  healthIntervalMs?: number;
  /**
   * How long a plugin process that serves may take to answer that; then it is killed and replaced, in ms.
   */
  healthTimeoutMs?: number;
  /**
   * From one look at the memory of a plugin process that serves to the next, in ms; over its limit it is killed and replaced.
   */
  memoryIntervalMs?: number;
  /**
   * How long the replaced instance is kept for an instant rollback, in ms. 0: not at all.
   */
  parkForMs?: number;
  watch?: WatchConfig;
  canary?: CanaryConfig;
}
/**
 * How a new binding is watched after it was routed: more errors than that, and the slot goes back to the one before.
 *
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "WatchConfig".
 */
export interface WatchConfig {
  /**
   * How long it is watched, in ms. 0: not at all.
   */
  windowMs?: number;
  /**
   * Fewer requests than that say nothing.
   */
  minRequests?: number;
  /**
   * Share of the requests that may fail: 0 none, 1 all.
   */
  maxErrorRate?: number;
}
/**
 * What a swap by canary does where it is not told otherwise: the new binding gets a share of the new utterances, and all of them once it has done well.
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
   * It is not judged by fewer requests than that.
   */
  minRequests?: number;
  /**
   * Share of the requests that may fail: 0 none, 1 all.
   */
  maxErrorRate?: number;
  /**
   * How long it is tried before it gets all of them, in ms.
   */
  windowMs?: number;
}
/**
 * This interface was referenced by `Config`'s JSON-Schema
 * via the `definition` "MemoryConfig".
 */
export interface MemoryConfig {
  /**
   * Device (host, cuda:0, ... or, in MIG mode, cuda:0/mig-1) to the most that plugins may take of its memory together. Default: 80% of the host's, and 600 MB of it in any case; 95% of each GPU's. A share that is set for a GPU holds for each of its MIG devices.
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
   * How many of the newest config versions are kept, and as many candidates that were turned down.
   */
  keepVersions?: number;
  /**
   * How many of the newest snapshots are kept of those that were asked for, and as many that were taken by themselves.
   */
  keepSnapshots?: number;
}
