/**
 * Speech: text to segments, segments to a voice in fair turns, samples to encoded audio and to sinks.
 *
 * @module
 */
export { type SpeakRequest, Speech, type SpeechSettings, type Spoken } from "./speech.ts";
export { listVoices, type VoiceNames } from "./voices.ts";
