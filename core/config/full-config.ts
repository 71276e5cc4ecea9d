import type {
  Config,
  LoudnessConfig,
  MemoryConfig,
  ModelsConfig,
  PluginsConfig,
  ServerConfig,
  SinkBinding,
  SpeechConfig,
  SwapConfig,
  VoiceBinding,
} from "../../schemas/generated/config.ts";

/** A config with every section and every default in its place. */
export interface FullConfig extends Config {
  server: Required<ServerConfig>;
  plugins: Required<PluginsConfig>;
  models: Required<ModelsConfig>;
  speech: Required<SpeechConfig> & { loudness: Required<LoudnessConfig> };
  voices: Record<string, VoiceBinding & Required<Pick<VoiceBinding, "device" | "settings">>>;
  sinks: Record<string, SinkBinding & Required<Pick<SinkBinding, "format" | "settings">>>;
  swap: Required<SwapConfig>;
  memory: Required<MemoryConfig>;
  log: { level: "debug" | "info" | "warn" | "error" };
}
