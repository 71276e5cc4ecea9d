/**
 * The config source `file`.
 *
 * @module
 */
import { isAbsolute } from "node:path";
import { configSource, documentFormats, type Format, PluginError, type SourceItem } from "syrinx/sdk";
import { FolderReplaced } from "./folder-identity.ts";
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
    return watchOrEnd(path, format, signal);
  },
});

/** Ends the process where only a new one can go on: the engine starts that, with a sandbox for the folders of now. */
async function* watchOrEnd(path: string, format: Format, signal: AbortSignal): AsyncGenerator<SourceItem> {
  try {
    yield* watchFile(path, format, signal);
  } catch (cause) {
    if (!(cause instanceof FolderReplaced)) throw cause;
    console.warn(cause.message);
    process.exit(1);
  }
}
