import type { Logger } from "../log.ts";

/** How an engine is started. */
export interface EngineOptions {
  /** Absolute path of the config file, which need not exist. */
  configPath: string;
  /** Absolute path of the folder that holds everything the engine writes. */
  home: string;
  /** Goes before `server.host` of the config. */
  host?: string;
  /** Goes before `server.port` of the config. */
  port?: number;
  /** Told of the address when the config has moved it, e.g. `http://127.0.0.1:7852`. */
  moved?: (url: string) => Promise<void>;
  /** Folders of plugins under development, which are granted what they ask for. */
  developing?: readonly string[];
  /** For an engine that serves one command: its journal is in memory, and the log keeps its level. */
  forgetful?: boolean;
  /** A voice is loaded at its first request, whatever the config says: for an engine that speaks a single text. */
  voicesOnDemand?: boolean;
  log: Logger;
}
