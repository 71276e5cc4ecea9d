import { Command } from "commander";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConfigView } from "../../../schemas/generated/api.ts";
import { changesBetween } from "../../config/mod.ts";
import { asSyrinxError, SyrinxError } from "../../errors.ts";
import type { Client } from "../client.ts";
import { withRunningEngine } from "../running-engine.ts";
import { mergePatchOf } from "./merge-patch.ts";
import { placedProblem } from "./placed-problem.ts";
import { readDocument } from "./read-document.ts";
import { steer, type SteerFlags, steerOptions } from "./steer.ts";

export function editCommand(): Command {
  const command = new Command("edit").description(
    "edit the config of the engine that runs in $VISUAL or $EDITOR; what differs then is set above its sources",
  );
  return steerOptions(command).action((flags: SteerFlags) =>
    withRunningEngine(flags, async (client) => {
      const view = await client.get<ConfigView>("/control/config");
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
  client: Client,
  { document, version }: ConfigView,
  path: string,
  flags: SteerFlags,
): Promise<void> {
  const head = `// Config version ${version} of ${client.url}. Take away what is not to be; leave it as it is to change nothing.\n`;
  // It is the whole config: for its owner alone.
  await writeFile(path, `${head}${JSON.stringify(document, null, 2)}\n`, { mode: 0o600 });
  await runEditor(path);
  const file = await readDocument(path, flags.home);
  const body = mergePatchOf(changesBetween(document, file.document));
  if (Object.keys(body).length === 0) {
    console.error("nothing was changed");
    return;
  }
  const change = { method: "PATCH", path: "/control/config", body, base: version } as const;
  await steer(client, { ...change, place: (problem) => placedProblem(problem, file) }, flags);
}

async function runEditor(path: string): Promise<void> {
  const { VISUAL, EDITOR } = process.env;
  const editor = VISUAL || EDITOR || "vi";
  // By a shell, as an editor may well be set with arguments of its own.
  const child = Bun.spawn(["sh", "-c", `${editor} "$1"`, "sh", path], {
    stdio: ["inherit", "inherit", "inherit"],
  });
  const code = await child.exited;
  if (code !== 0)
    throw new SyrinxError("cancelled", `Nothing was changed, as ${editor} ended with code ${code}`);
}
