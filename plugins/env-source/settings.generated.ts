// Generated from JSON Schema by `bun run types`. Do not edit.
export interface Settings {
  /**
   * Prefix of the variables' names. It ends in two underscores.
   */
  prefix: string;
}
