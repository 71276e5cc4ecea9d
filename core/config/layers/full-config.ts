import type {
  CanaryConfig,
  Config,
  JournalConfig,
  LoudnessConfig,
  MemoryConfig,
  ModelsConfig,
  PluginsConfig,
  ServerConfig,
  SinkBinding,
  SourceBinding,
  SpeechConfig,
  SwapConfig,
  VoiceBinding,
  WatchConfig,
} from "../../../schemas/generated/config.ts";

/** A config with every section and every default filled in. */
export interface FullConfig extends Config {
  server: Required<ServerConfig>;
  plugins: Required<PluginsConfig>;
  models: Required<ModelsConfig>;
  speech: Required<SpeechConfig> & { loudness: Required<LoudnessConfig> };
  /** In their order. */
  sources: Record<string, FullSource>;
  voices: Record<string, FullVoice>;
  sinks: Record<string, FullSink>;
  swap: Required<SwapConfig> & { watch: Required<WatchConfig>; canary: Required<CanaryConfig> };
  memory: Required<MemoryConfig>;
  journal: Required<JournalConfig>;
  log: { level: "debug" | "info" | "warn" | "error" };
}

export type FullVoice = VoiceBinding &
  Required<Pick<VoiceBinding, "device" | "settings" | "load" | "idleUnloadMs">>;
export type FullSink = SinkBinding & Required<Pick<SinkBinding, "format" | "settings">>;
export type FullSource = Required<SourceBinding>;
