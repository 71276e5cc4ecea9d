import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { type LaunchPlan, planLaunch } from "../../../../core/instances/launch-plan.ts";
import { describeSupport } from "../../../../core/instances/sandbox-support.ts";
import type { PluginManifest } from "../../../../schemas/generated/plugin.ts";
import { temporaryFolder } from "../releases/folder.ts";
import { modelRelease, pluginRelease } from "../releases/releases.ts";

export type Place = Awaited<ReturnType<typeof place>>;

/** A home with the folder of a plugin, a model's and a slot's data folder, and a folder of programs beside it. A test may change the PATH: it is restored with the end of the place. */
export async function place(files: Record<string, string> = {}) {
  const path = process.env.PATH;
  const folder = await temporaryFolder({
    "home/plugins/beep/main.ts": "",
    "home/models/tiny/tiny.onnx": "weights",
    "home/data/voices.a/kept": "",
    "programs/readme": "",
    ...files,
  });
  const at = (name: string) => join(folder.path, name);
  return {
    ...folder,
    async [Symbol.asyncDispose]() {
      process.env.PATH = path;
      await folder[Symbol.asyncDispose]();
    },
    at,
    plugin: at("home/plugins/beep"),
    model: at("home/models/tiny"),
    data: at("home/data/voices.a"),
    /** Writes an executable file. @returns its path */
    async program(name: string, script: string): Promise<string> {
      const path = await folder.write(name, script);
      await chmod(path, 0o755);
      return path;
    },
    /** Plans the launch of the plugin `beep`, which was granted all that it asks for, with the model `tiny`. */
    plan(manifest: Partial<PluginManifest>, settings: Record<string, unknown> = {}): Promise<LaunchPlan> {
      const plugin = pluginRelease(manifest, { directory: at("home/plugins/beep"), trusted: true });
      if (manifest.command) delete plugin.manifest.entry;
      const model = modelRelease({}, at("home/models/tiny"));
      return planLaunch(
        { plugin, model, device: "cpu", settings },
        {
          serve: "/engine/serve.ts",
          home: at("home"),
          paths: { plugins: [{ path: at("home/plugins"), trusted: false }], models: [at("home/models")] },
          dataDirectory: at("home/data/voices.a"),
          pass: undefined,
          sandbox: { support: describeSupport(7, true), require: false },
        },
      );
    },
  };
}
