/**
 * The config source `file`.
 *
 * @module
 */
import { isAbsolute } from "node:path";
import { configSource, documentFormats, PluginError } from "syrinx/sdk";
import type { Settings } from "./settings.generated.ts";
import { watchFile } from "./watch-file.ts";

const { EXTENSIONS, formatOf } = await documentFormats();

export default configSource<Settings>({
  watch({ settings: { path } }, signal) {
    if (!isAbsolute(path)) {
      throw new PluginError("settings-invalid", `Cannot watch "${path}" as it needs to be an absolute path`);
    }
    const format = formatOf(path);
    if (!format) {
      throw new PluginError(
        "settings-invalid",
        `Cannot tell the format of "${path}" as its name needs to end in ${EXTENSIONS.join(", ")}`,
      );
    }
    return watchFile(path, format, signal);
  },
});
