// Generated from JSON Schema by `bun run types`. Do not edit.
export interface Settings {
  /**
   * Absolute path of the folder for the files. Absent: the slot's own data folder.
   */
  directory?: string;
  /**
   * Path of a file in the folder, with {date}, {time}, {id}, {voice}, {format} and {text}.
   */
  name: string;
}
