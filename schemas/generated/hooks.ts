// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "SourceItem".
 */
export type SourceItem = SourceDocument | SourceProblem;

/**
 * Parameters, results and items of the protocol's calls.
 */
export interface Hooks {
  [k: string]: unknown;
}
/**
 * load: params of a voice's first call.
 *
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "LoadParams".
 */
export interface LoadParams {
  model: LoadedModel | null;
  /**
   * auto, cpu, cuda or cuda:N.
   */
  device: string;
  /**
   * How many CPU cores the voice may use at once.
   */
  cores: number;
  /**
   * How much host memory the voice may use: a process that uses more than its limit is ended.
   */
  memoryBytes: number;
  settings: {};
  /**
   * Absolute path. Writable only if the manifest requests $DATA.
   */
  dataDirectory: string;
}
/**
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "LoadedModel".
 */
export interface LoadedModel {
  name: string;
  version: string;
  format: string;
  /**
   * Absolute path.
   */
  directory: string;
  /**
   * Role to absolute path.
   */
  files: {
    [k: string]: string;
  };
  languages: string[];
  speakers?: string[];
}
/**
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "LoadResult".
 */
export interface LoadResult {
  /**
   * Hz.
   */
  sampleRate: number;
  /**
   * The speakers of this model. A single-speaker voice has one.
   *
   * @minItems 1
   * @maxItems 10000
   */
  speakers: Speaker[];
  /**
   * The device in use, e.g. cpu or cuda:0. Printable ASCII.
   */
  device: string;
  /**
   * How many segments the voice can speak at once.
   */
  concurrency: number;
  /**
   * Notes for the admin, e.g. a fallback to the CPU. Shown on one line, at most 1,000 characters each.
   *
   * @maxItems 32
   */
  notes?: string[];
}
/**
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "Speaker".
 */
export interface Speaker {
  /**
   * Printable, without control and format characters.
   */
  id: string;
  /**
   * Printable, without control characters and marks that change the direction of text.
   */
  name?: string;
  /**
   * BCP 47 tag.
   */
  language: string;
}
/**
 * speak: one segment. The reply is audio frames, then result.
 *
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "SpeakParams".
 */
export interface SpeakParams {
  text: string;
  /**
   * Speaker id. Absent: the first speaker.
   */
  speaker?: string;
  /**
   * 1 is the voice's own speed; 2 is twice as fast.
   */
  speed: number;
  /**
   * All settings of the slot for this utterance. Present if the manifest marks any with x-live. Absent: the settings of load.
   */
  settings?: {};
}
/**
 * open: params of a sink's first call.
 *
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "OpenParams".
 */
export interface OpenParams {
  settings: {};
  dataDirectory: string;
}
/**
 * write: one utterance. The core sends bytes frames, then end. The plugin stores the utterance durably and answers with WriteResult. A cancel discards it.
 *
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "WriteParams".
 */
export interface WriteParams {
  utterance: SunkUtterance;
  /**
   * All current settings of the slot. Present if the manifest marks any with x-live. Absent: the settings of open.
   */
  settings?: {};
}
/**
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "SunkUtterance".
 */
export interface SunkUtterance {
  /**
   * The request's id. It is the same in every retry.
   */
  id: string;
  text: string;
  voice: string;
  release: string;
  format: string;
  contentType: string;
  /**
   * Size of the encoded audio.
   */
  bytes: number;
  durationMs: number;
  /**
   * RFC 3339.
   */
  createdAt: string;
}
/**
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "WriteResult".
 */
export interface WriteResult {
  /**
   * Where the utterance is now: a path or a URL.
   */
  location: string;
}
/**
 * watch: the source sends SourceItems until it is cancelled, the current document first.
 *
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "WatchParams".
 */
export interface WatchParams {
  settings: {};
}
/**
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "SourceDocument".
 */
export interface SourceDocument {
  /**
   * The config document. {} if the source has none.
   */
  document: {
    [k: string]: unknown;
  };
  /**
   * Where the document came from: a path or a URL.
   */
  origin: string;
  /**
   * JSON pointer to [line, column], both from 1.
   */
  places?: {
    [k: string]: number[];
  };
}
/**
 * The source could not read its document; the last good one stays.
 *
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "SourceProblem".
 */
export interface SourceProblem {
  problem: string;
  origin: string;
  line?: number;
  column?: number;
}
/**
 * This interface was referenced by `Hooks`'s JSON-Schema
 * via the `definition` "RestoreParams".
 */
export interface RestoreParams {
  state: unknown;
  /**
   * Release that made the state, e.g. piper@1.0.0.
   */
  from: string;
}
