/**
 * The config source `env`.
 *
 * @module
 */
import { configSource } from "syrinx/sdk";
import { readVariables } from "./read-variables.ts";
import type { Settings } from "./settings.generated.ts";

export default configSource<Settings>({
  async *watch({ settings: { prefix } }, signal) {
    yield readVariables(process.env, prefix);
    // The environment of a process never changes, so only the engine ends the watch.
    if (!signal.aborted) await new Promise((done) => signal.addEventListener("abort", done));
  },
});
