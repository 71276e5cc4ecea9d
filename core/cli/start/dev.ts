import { relative, resolve, sep } from "node:path";
import { Command } from "commander";
import type { Engine } from "../../engine/mod.ts";
import { asSyrinxError } from "../../errors.ts";
import { runEngine, type StartFlags, startOptions } from "./start.ts";

/** Editors write several files in a row. They count as one change when no file was written for this time, in ms. */
const QUIET_MS = 150;

export function devCommand(): Command {
  const command = new Command("dev")
    .description("start the engine, and reload a plugin whenever one of its files is saved")
    .argument(
      "[folders...]",
      "plugins under development: a plugin's folder, or a folder of plugins; they are granted what they ask for",
    );
  return startOptions(command).action((folders: string[], flags: StartFlags) => {
    const developing = folders.map((folder) => resolve(folder));
    return runEngine(flags, { developing }, (engine) => void reloadOnSave(engine));
  });
}

async function reloadOnSave(engine: Engine): Promise<void> {
  // Loaded here, because `syrinx start` comes by this file as well.
  const { watch } = await import("chokidar");
  const { host } = engine;
  const saved = new Set<string>();
  let timer: Timer | undefined;
  const directories = host.catalog.plugins.filter(({ trusted }) => trusted).map(({ directory }) => directory);
  const watcher = watch(directories, {
    ignoreInitial: true,
    ignored: (path) => path.includes(`${sep}node_modules${sep}`),
  });
  watcher.on("all", (_, path) => {
    saved.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = [...saved];
      saved.clear();
      void reload(engine, paths);
    }, QUIET_MS);
  });
  // Only now: a file that is saved earlier is not noticed.
  watcher.once("ready", () => {
    console.error(`watching ${directories.map((directory) => relative(".", directory) || ".").join(", ")}`);
  });
}

/** Reloads every slot whose plugin has a saved file. If that fails, the old one keeps serving. */
async function reload({ host }: Engine, paths: readonly string[]): Promise<void> {
  await host.rescan();
  for (const { path, problems } of host.catalog.problems) {
    for (const { pointer, message } of problems) console.error(`${path} ${pointer} ${message}`);
  }
  for (const slot of host.slots()) {
    const directory = slot.running?.plugin.directory;
    if (
      directory === undefined ||
      !paths.some((path) => path === directory || path.startsWith(directory + sep))
    )
      continue;
    try {
      const record = await host.requests.swap(slot.name, {}, "reload").served;
      console.error(
        record.error ? `${slot.name}: kept the old one: ${record.error.message}` : `${slot.name}: reloaded`,
      );
    } catch (error) {
      console.error(`${slot.name}: kept the old one: ${asSyrinxError(error).message}`);
    }
  }
}
