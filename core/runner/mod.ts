/**
 * The first code of a plugin process. Nothing of it runs inside the core, which only needs to know where it is.
 *
 * @module
 */
import { join } from "node:path";

/** Takes on the sandbox, then becomes the plugin's program. */
export const LAUNCH_ENTRY = join(import.meta.dir, "launch.ts");
/** Loads a TypeScript plugin and serves the protocol. */
export const SERVE_ENTRY = join(import.meta.dir, "serve.ts");
