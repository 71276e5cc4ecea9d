/**
 * Everything that plugin authors import.
 *
 * @module
 */
export type { LoadedModel, SourceItem, Speaker, SunkUtterance } from "../../schemas/generated/hooks.ts";
export { configSource, type ConfigSourceContext, type ConfigSourceDefinition } from "./config-source.ts";
export { documentFormats, type Format, type Parsed, ParseFailure, type Places } from "./document/mod.ts";
export { PluginError } from "./errors.ts";
export { sink, type Sink, type SinkContext, type SinkDefinition } from "./sink.ts";
export { type Segment, voice, type Voice, type VoiceContext, type VoiceDefinition } from "./voice.ts";
