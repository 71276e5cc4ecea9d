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
      throw new PluginError("settings-invalid", `Cannot watch "${path}" because it must be an absolute path`);
    }
    const format = formatOf(path);
    if (!format) {
      throw new PluginError(
        "settings-invalid",
        `Cannot read "${path}" because its name must end in ${EXTENSIONS.join(", ")}`,
      );
    }
    return watchFile(path, format, signal);
  },
});
