/**
 * Everything that plugin authors import.
 *
 * @module
 */
export type { LoadedModel, SourceItem, Speaker, SunkUtterance } from "../../schemas/generated/hooks.ts";
export { type ConfigSourceContext, type ConfigSourceDefinition, configSource } from "./config-source.ts";
export { documentFormats, type Format, type Parsed, ParseFailure, type Places } from "./document/mod.ts";
export { PluginError } from "./errors.ts";
export { type Sink, type SinkContext, type SinkDefinition, sink } from "./sink.ts";
export { type Segment, type Voice, type VoiceContext, type VoiceDefinition, voice } from "./voice.ts";
