import { Command } from "commander";
import { getStatus } from "../../admin/client/mod.ts";
import { SyrinxError } from "../errors.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "./find-engine.ts";
import { send } from "./send.ts";

interface Flags extends RunningEngineChoice {
  readOnly?: boolean;
}

export function adminCommand(): Command {
  const command = new Command("admin")
    .description("open the terminal screen that shows and controls the engine")
    .option("--read-only", "change nothing: a request that would change something is not sent");
  return runningEngineOptions(command).action(async (flags: Flags) => {
    if (!process.stdin.isTTY || !process.stdout.isTTY)
      throw new SyrinxError(
        "usage",
        "syrinx admin needs a terminal. For programs there are syrinx slots --json and the HTTP API",
      );
    await withRunningEngine(flags, async (client) => {
      // A wrong token is an error here, before the screen hides the command line.
      await send(client, getStatus);
      // Only now: it takes longer to load than all else.
      const { runAdmin } = await import("../../admin/tui/mod.ts");
      await runAdmin({ ...client.address, readOnly: flags.readOnly ?? false });
    });
  });
}
