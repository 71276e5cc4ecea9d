/**
 * The first code in a plugin process. None of it runs in the core, which only needs the paths of the entry files.
 *
 * @module
 */
import { join } from "node:path";

/** Applies the sandbox, then executes the plugin's program. */
export const LAUNCH_ENTRY = join(import.meta.dir, "launch.ts");
/** Loads a TypeScript plugin and serves the protocol. */
export const SERVE_ENTRY = join(import.meta.dir, "serve.ts");
