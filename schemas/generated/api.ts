// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * start: of the engine. source: a source said it. patch: asked for over the API, a change of the overrides. revert: a change that was not confirmed in time has gone back.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigCause".
 */
export type ConfigCause = "start" | "source" | "patch" | "rollback" | "unpin" | "revert" | "restore";
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
 * What to plan: a patch as PATCH /control/config takes it, or a document as a source says it.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigPlanRequest".
 */
export type ConfigPlanRequest =
  | {
      patch: ConfigPatch;
      /**
       * The version that it is planned for: if another one is in force, it is refused.
       */
      base?: number;
    }
  | {
      /**
       * Over the built-in defaults, as a config file is.
       */
      document: {};
      /**
       * The source that would say it; absent: it would be all there is, with no overrides.
       */
      source?: string;
      /**
       * The version that it is planned for: if another one is in force, it is refused.
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
   *
   * This interface was referenced by `Config`'s JSON-Schema
   * via the `definition` "ReleaseRange".
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
  /**
   * Who asks, and all that they may do here.
   */
  caller: {
    /**
     * Of the token; loopback without one.
     */
    name: string;
    /**
     * Those of the token, and with admin all of them; on a loopback address all of them without a known token.
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
     * Of all voices, over the last 10 s.
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
  /**
   * Whether a rollback or a restore has fixed the config.
   */
  pinned?: boolean;
  sources: {
    name: string;
    /**
     * held: it is good, and waits for an unpin.
     */
    state: "waiting" | "accepted" | "held" | "rejected";
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
  cause?: ConfigCause;
  /**
   * Whose document brought it about: a source, or overrides for what was set over the API.
   */
  source?: string;
  /**
   * Who asked for it: the name of a token, or loopback.
   */
  actor?: string;
  reason?: string;
  outcome: "applied";
  /**
   * The version whose document it is once more.
   */
  rollbackTo?: number;
  /**
   * From the document of the version before (RFC 6902).
   */
  patch?: JsonPatchOperation[];
  document?: Config;
  /**
   * What each source had said by then, the lowest first, over the built-in defaults.
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
  /**
   * NAME or NAME@RANGE with a semver range, e.g. piper@^1.0.0. Without a range: the newest release.
   *
   * This interface was referenced by `Config`'s JSON-Schema
   * via the `definition` "ReleaseRange".
   */
  plugin: string;
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
  /**
   * A process that uses more is replaced, in bytes. Absent: the budget of the host's memory.
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
   * What the utterances are kept as.
   */
  format?: "mp3" | "wav" | "pcm";
  /**
   * Of the shape that the plugin's manifest gives.
   */
  settings?: {};
  /**
   * A process that uses more is replaced, in bytes. Absent: the budget of the host's memory.
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
   * How many of the newest config versions are kept, and as many candidates that were turned down.
   */
  keepVersions?: number;
  /**
   * How many of the newest snapshots are kept of those that were asked for, and as many that were taken by themselves.
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
   * For people: a path or a URL.
   */
  origin: string;
  document: unknown;
}
/**
 * The config in force, and what it is made of.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigView".
 */
export interface ConfigView {
  /**
   * Its number, which is the ETag as well.
   */
  version: number;
  document: Config;
  /**
   * What each source says, the lowest first, over the built-in defaults; then the overrides, if there are any. While the config is pinned, this is what an unpin goes by.
   */
  layers: ConfigLayer[];
  /**
   * The topmost layer: what was set over the API. Absent: nothing.
   */
  overrides?: {};
  pinned?: ConfigPin;
  held?: ConfigHeld;
  unconfirmed?: ConfigUnconfirmed;
}
/**
 * A rollback or a restore has fixed the config: what sources say is held, and not applied, until an unpin.
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
 * What an unpin would change now; absent: nothing.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigHeld".
 */
export interface ConfigHeld {
  changes: ConfigChange[];
  /**
   * Why an unpin would be refused.
   */
  problems?: ConfigProblem[];
}
/**
 * One value that differs. `from` or `to` is absent where there is none.
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
 * A change that goes back by itself unless it is confirmed.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigUnconfirmed".
 */
export interface ConfigUnconfirmed {
  /**
   * The version that it made.
   */
  version: number;
  /**
   * When it goes back, RFC 3339; at the next start of the engine at the latest.
   */
  until: string;
  actor: string;
}
/**
 * What was asked for over the API, as the journal keeps it for the next start.
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
   * The rest goes back to this at the next start: it is being applied, or waits to be confirmed.
   */
  unconfirmed?: {
    version?: number;
    /**
     * RFC 3339; absent: it is being applied.
     */
    until?: string;
    actor: string;
    before: ConfigApiChanges;
  };
}
/**
 * A JSON Merge Patch (RFC 7396) of the config: null takes away what sources and defaults say.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigPatch".
 */
export interface ConfigPatch {}
/**
 * What a change of the config would do, worked out without doing it. It holds for `base` alone.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "ConfigPlanView".
 */
export interface ConfigPlanView {
  /**
   * The version in force: send it as If-Match to apply what was planned.
   */
  base: number;
  /**
   * Voices, then sinks; what is removed last.
   */
  slots: SlotPlan[];
  /**
   * Config sources, in their order; what is removed last.
   */
  sources: SlotPlan[];
  /**
   * Sections that differ, such as speech; sources if their order does.
   */
  sections: string[];
  /**
   * Every value that differs.
   */
  changes: ConfigChange[];
  /**
   * Why it would be rejected; the rest is empty then.
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
   * reconfigure: the process serves on. swap: a new process follows the old one.
   */
  action: "unchanged" | "reconfigure" | "swap" | "add" | "remove";
  /**
   * JSON pointers into the slot's entry.
   */
  changed: string[];
  /**
   * load: a process is started, and what it runs is loaded.
   */
  cost: "none" | "load";
  memory?: MemoryVerdict1;
  /**
   * Why it could not be filled, e.g. as a release is missing or not granted what it asks for.
   */
  problem?: string;
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
 * via the `definition` "ConfigRollbackRequest".
 */
export interface ConfigRollbackRequest {
  version: number;
  /**
   * For people; kept with the version.
   */
  reason?: string;
}
/**
 * A version, without its document and layers.
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
   * Whose document brought it about: a source, or overrides for what was set over the API.
   */
  source?: string;
  /**
   * Who asked for it: the name of a token, or loopback.
   */
  actor?: string;
  reason?: string;
  outcome: "applied";
  /**
   * The version whose document it is once more.
   */
  rollbackTo?: number;
  /**
   * From the document of the version before (RFC 6902).
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
   * The version in force, which stayed.
   */
  base: number;
  cause?: ConfigCause;
  source?: string;
  actor?: string;
  /**
   * rejected: it is no good config. failed: it could not be applied, and what was in force was restored.
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
   * Candidates that were turned down while one of these versions was in force, newest first.
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
   * RFC 6902: makes the one into the other.
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
 * The config, what filled each slot, and the state of the plugins, at one moment.
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
   * request: asked for. Else taken by itself, before what it names.
   */
  reason: "request" | "rollback" | "restore";
  actor: string;
  /**
   * Of the config that was in force.
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
   * null: nothing ran.
   */
  binding: ResolvedBinding | null;
  /**
   * Of the plugin's state, as JSON. 0: it has none.
   */
  stateBytes: number;
  /**
   * Why there is no state of it.
   */
  problem?: string;
}
/**
 * A snapshot as the journal keeps it.
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
 * What filled a slot, and the state of its plugin, which is any JSON and absent if it has none.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SlotRecord".
 */
export interface SlotRecord {
  slot: string;
  binding: ResolvedBinding | null;
  state?: unknown;
  /**
   * Why there is no state of it.
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
   * The snapshot that was taken first: restore it to go back.
   */
  before: string;
  config: ConfigView;
  /**
   * Of the slots that did not run that binding with that state. One that failed has its error, and what served before serves on.
   */
  swaps: SwapRecord[];
  /**
   * Slots that could not be asked, e.g. as a release is gone; the rest is restored.
   */
  problems: {
    slot: string;
    message: string;
  }[];
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
 * This interface was referenced by `SwapRecord`'s JSON-Schema
 * via the `definition` "ErrorInfo".
 */
export interface ErrorInfo {
  code: string;
  message: string;
}
/**
 * What a restore would do, worked out without doing it, as things are now.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SnapshotRestorePlan".
 */
export interface SnapshotRestorePlan {
  snapshot: string;
  config: ConfigPlanView1;
  /**
   * What becomes of the slots, those last that are removed.
   */
  slots: SlotRestorePlan[];
}
/**
 * What comes of the config, which is applied first. With problems in it nothing would be restored.
 */
export interface ConfigPlanView1 {
  /**
   * The version in force: send it as If-Match to apply what was planned.
   */
  base: number;
  /**
   * Voices, then sinks; what is removed last.
   */
  slots: SlotPlan[];
  /**
   * Config sources, in their order; what is removed last.
   */
  sources: SlotPlan[];
  /**
   * Sections that differ, such as speech; sources if their order does.
   */
  sections: string[];
  /**
   * Every value that differs.
   */
  changes: ConfigChange[];
  /**
   * Why it would be rejected; the rest is empty then.
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
   * unchanged: it runs as it did, and there is no state for it. add: the config of then brings it, and it is swapped if that brings another binding, or there is state.
   */
  action: "unchanged" | "swap" | "add" | "unload" | "remove";
  /**
   * The binding that runs, if any.
   */
  from: ResolvedBinding | null;
  /**
   * The binding of then, if any.
   */
  to: ResolvedBinding | null;
  /**
   * Size of the state that its plugin is given, as JSON; 0: there is none.
   */
  stateBytes: number;
  plan?: SwapPlan1;
  /**
   * Why the slot would not be as it was: e.g. a release is gone, or there is no room.
   */
  problem?: string;
}
/**
 * Of the swap, or the first load. Absent where the plugins and models of the config of then decide, and where a problem stands in the way.
 */
export interface SwapPlan1 {
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
 * What to grant a plugin. {}: all that its newest release lacks that is blocked.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "GrantRequest".
 */
export interface GrantRequest {
  /**
   * The release that is meant; absent: the newest that is blocked.
   */
  version?: string;
  /**
   * Some of what it asks for, as `missing` lists it; absent: all that is missing.
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
  traffic?: SlotTraffic;
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
 * Who asks for a voice, and how they fare.
 *
 * This interface was referenced by `Api`'s JSON-Schema
 * via the `definition` "SlotTraffic".
 */
export interface SlotTraffic {
  /**
   * Over the last 10 s: all that asked for it, those that found no place included.
   */
  requestsPerSecond: number;
  /**
   * From the request to its first audio, in ms, encoded and about to be sent: 95 of 100 in the last minute took no longer, within 3 %. Absent: there were none.
   */
  firstAudioP95Ms?: number;
  /**
   * Requests that found no place (queue-full), no voice in time, or no end. Those that were wrong, and those whose client went away, are no failures.
   */
  failedLastMinute: number;
  /**
   * Utterances that have a place: they wait, are spoken, or are read by a slow client.
   */
  active: number;
  /**
   * Those of them that no process has begun to speak: the voice is loading, or it is not their turn yet.
   */
  queued: number;
  /**
   * How many places there are: speech.maxQueue.
   */
  maxQueue: number;
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
