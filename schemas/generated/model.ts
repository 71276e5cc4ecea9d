// Generated from JSON Schema by `bun run types`. Do not edit.
/**
 * This interface was referenced by `ModelManifest`'s JSON-Schema
 * via the `definition` "FileName".
 */
export type FileName = string;

/**
 * model.json: one release of a model and its files.
 */
export interface ModelManifest {
  $schema?: string;
  /**
   * Letters, digits, dot, underscore and dash; starts with a letter or a digit.
   */
  name: string;
  /**
   * Semantic version.
   */
  version: string;
  /**
   * Letters, digits, dot, underscore and dash; starts with a letter or a digit.
   */
  format: string;
  description?: string;
  /**
   * Role to file, relative to this file and inside its folder.
   */
  files: {
    model: FileName;
    config?: FileName;
    voices?: FileName;
    [k: string]: FileName | undefined;
  };
  /**
   * File to SHA-256 in lower-case hex, checked before a load.
   */
  sha256: {
    [k: string]: string;
  };
  /**
   * BCP 47 tags.
   *
   * @minItems 1
   */
  languages: string[];
  /**
   * SPDX expression or a name that the card explains.
   */
  license: string;
  /**
   * Model card, relative to this file.
   */
  card?: string;
  /**
   * Names of a multi-speaker model's speakers, in the order of their ids.
   *
   * Items: Letters, digits, dot, underscore and dash; starts with a letter or a digit.
   */
  speakers?: string[];
  memory?: {
    /**
     * Memory of a loaded instance.
     */
    bytes: number;
  };
  /**
   * Sentence to test a load with.
   */
  probe?: string;
}
