// Generated from JSON Schema by `bun run types`. Do not edit.
export interface Settings {
  /**
   * Absolute path of the config file, which need not exist yet: .json, .jsonc, .yaml, .yml or .toml.
   */
  path: string;
}
