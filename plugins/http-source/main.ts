/**
 * The config source `http`.
 *
 * @module
 */
import { configSource } from "syrinx/sdk";
import type { Settings } from "./settings.generated.ts";
import { watchUrl } from "./watch-url.ts";

export default configSource<Settings>({
  watch: ({ settings }, signal) => watchUrl(settings, signal),
});
