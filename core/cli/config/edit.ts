/**
 * `syrinx config apply` and `edit`: a file says how the config of the engine that runs is to be.
 *
 * @module
 */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { type EngineClient, getConfig, patchConfig } from "../../../admin/client/mod.ts";
import type { ConfigProblem, ConfigView } from "../../../schemas/generated/api.ts";
import type { Layer } from "../../config/mod.ts";
import { asSyrinxError, SyrinxError } from "../../errors.ts";
import { existingConfigPath } from "../config-path.ts";
import { withRunningEngine } from "../find-engine.ts";
import { send } from "../send.ts";
import { applyChange, type ChangeFlags, changeOptions } from "./change-config.ts";
import { configInvalid, problemLines } from "./problem-text.ts";

export function applyCommand(): Command {
  const command = new Command("apply")
    .description("set all values of a file in the running engine, as overrides")
    .argument("<file>", ".jsonc, .json, .yaml or .toml; null removes a value");
  return changeOptions(command).action((given: string, flags: ChangeFlags) =>
    withRunningEngine(flags, async (client) => {
      const file = await readDocument(existingConfigPath(given), flags.home);
      // $schema is for editors, and is no setting.
      const { $schema: _, ...patch } = file.document as { $schema?: unknown };
      const { placedProblem } = await import("./offline-file.ts");
      const place = (problem: ConfigProblem) => placedProblem(problem, file);
      await applyChange(client, { action: patchConfig(patch), place }, flags);
    }),
  );
}

export function editCommand(): Command {
  const command = new Command("edit").description(
    "edit the config of the running engine in $VISUAL or $EDITOR; the changes become overrides",
  );
  return changeOptions(command).action((flags: ChangeFlags) =>
    withRunningEngine(flags, async (client) => {
      const view = await send(client, getConfig);
      const folder = await mkdtemp(join(tmpdir(), "syrinx-edit-"));
      const path = join(folder, "config.jsonc");
      try {
        await edit(client, view, path, flags);
      } catch (cause) {
        const { code, message, violations } = asSyrinxError(cause);
        throw new SyrinxError(code, `${message}. What you wrote is kept in ${path}`, { cause, violations });
      }
      await rm(folder, { recursive: true });
    }),
  );
}

async function edit(
  client: EngineClient,
  { document, version }: ConfigView,
  path: string,
  flags: ChangeFlags,
): Promise<void> {
  const head = `// Config version ${version} of ${client.address.url}. Remove what you do not want. Leave the file as it is to change nothing.\n`;
  // The config may hold secrets: only its owner may read the file.
  await writeFile(path, `${head}${JSON.stringify(document, null, 2)}\n`, { mode: 0o600 });
  await runEditor(path);
  const file = await readDocument(path, flags.home);
  const { patchBetween, placedProblem } = await import("./offline-file.ts");
  const patch = patchBetween(document, file.document);
  if (Object.keys(patch).length === 0) {
    console.error("nothing was changed");
    return;
  }
  const place = (problem: ConfigProblem) => placedProblem(problem, file);
  await applyChange(client, { action: patchConfig(patch), base: version, place }, flags);
}

async function runEditor(path: string): Promise<void> {
  const { VISUAL, EDITOR } = process.env;
  const editor = VISUAL || EDITOR || "vi";
  // Through a shell, because $EDITOR may have arguments of its own.
  const child = Bun.spawn(["sh", "-c", `${editor} "$1"`, "sh", path], {
    stdio: ["inherit", "inherit", "inherit"],
  });
  const code = await child.exited;
  if (code !== 0)
    throw new SyrinxError("cancelled", `Nothing was changed because ${editor} ended with code ${code}`);
}

/**
 * @param path absolute
 * @returns the document of a config file, with the positions of its values
 * @throws SyrinxError config-invalid if it cannot be read; what is wrong with it is on stderr
 */
async function readDocument(path: string, home: string | undefined): Promise<Layer & { document: object }> {
  const { readFile } = await import("./offline-file.ts");
  const item = await readFile(path, home);
  if (!("problem" in item)) return { ...item, document: item.document as object };
  const { problem: message, origin, line, column } = item;
  const problems = [{ pointer: "", message, origin, line, column }];
  for (const text of problemLines(problems)) console.error(text);
  throw configInvalid(problems, "Nothing was changed");
}
