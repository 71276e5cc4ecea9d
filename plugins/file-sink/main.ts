/**
 * The sink `file`.
 *
 * @module
 */
import { isAbsolute } from "node:path";
import { PluginError, sink } from "syrinx/sdk";
import { FileStore } from "./file-store.ts";
import { KeptFiles } from "./kept-files.ts";
import { parseTemplate } from "./name-template.ts";
import type { Settings } from "./settings.generated.ts";

export default sink<Settings>({
  open({ settings, dataDirectory }) {
    const directory = settings.directory ?? dataDirectory;
    if (!isAbsolute(directory)) {
      throw new PluginError(
        "settings-invalid",
        `Cannot store files in "${directory}" because it must be an absolute path`,
      );
    }
    const kept = new KeptFiles();
    const store = new FileStore(directory, parseTemplate(settings.name), kept);
    return {
      write: (utterance, audio, signal) => store.write(utterance, audio, signal),
      snapshot: () => kept.snapshot(),
      restore(state, fromRelease) {
        kept.restore(state);
        console.log(
          `took over from ${fromRelease}: ${kept.count} utterances stored, the last ${kept.remembered} known by id`,
        );
      },
    };
  },
});
