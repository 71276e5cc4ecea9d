// Generated from JSON Schema by `bun run types`. Do not edit.
export interface Settings {
  /**
   * What the names of the variables begin with; it ends in two underscores.
   */
  prefix: string;
}
