import { Command } from "commander";
import type { Status } from "../../schemas/generated/api.ts";
import { SyrinxError } from "../errors.ts";
import { engineNotRunning } from "./client.ts";
import { type RunningEngineChoice, findEngine, runningEngineOptions } from "./running-engine.ts";

interface Flags extends RunningEngineChoice {
  readOnly?: boolean;
}

export function adminCommand(): Command {
  const command = new Command("admin")
    .description("open the screen that shows and steers the engine")
    .option("--read-only", "change nothing: whatever would is refused before it is sent");
  return runningEngineOptions(command).action(async (flags: Flags) => {
    if (!process.stdin.isTTY || !process.stdout.isTTY)
      throw new SyrinxError(
        "usage",
        "syrinx admin needs a terminal. For programs there are syrinx slots --json and the HTTP API",
      );
    const { client, answering } = await findEngine(flags);
    if (!answering) throw engineNotRunning(client.url);
    // A token that is none is told of here, where the line to mend it is at hand.
    await client.get<Status>("/control/status");
    // Not loaded before it is wanted, as it makes every other command slower to start.
    const { runAdmin } = await import("../../admin/tui/mod.ts");
    const token = flags.token ?? process.env.SYRINX_TOKEN;
    await runAdmin({ url: client.url, token, readOnly: flags.readOnly ?? false });
  });
}
