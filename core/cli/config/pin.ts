/**
 * `syrinx config rollback`, `pin`, `unpin` and `confirm`: which version of the config stays active.
 *
 * @module
 */
import { Command } from "commander";
import { confirmConfig, getConfig, rollbackConfig, unpinConfig } from "../../../admin/client/mod.ts";
import { versionNumber } from "../arguments.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "../find-engine.ts";
import { send } from "../send.ts";
import { applyChange, type ChangeFlags, changeOptions } from "./change-config.ts";
import { viewLines } from "./view-text.ts";

interface ReasonFlags extends ChangeFlags {
  reason?: string;
}

export function rollbackConfigCommand(): Command {
  const command = new Command("rollback")
    .description(
      "apply a version once more, and pin it: later changes of the sources are held until an unpin",
    )
    .argument("<version>", "see syrinx config versions", versionNumber)
    .option("--reason <text>", "a note, stored with the version");
  return changeOptions(command, { confirm: false }).action((version: number, flags: ReasonFlags) =>
    withRunningEngine(flags, (client) =>
      applyChange(client, { action: rollbackConfig(version, flags.reason) }, flags),
    ),
  );
}

export function pinCommand(): Command {
  const command = new Command("pin")
    .description("keep the config as it is: later changes of the sources are held until an unpin")
    .option("--reason <text>", "a note, stored with the pin");
  return changeOptions(command, { confirm: false }).action((flags: ReasonFlags) =>
    withRunningEngine(flags, async (client) => {
      const { version } = await send(client, getConfig);
      await applyChange(client, { action: rollbackConfig(version, flags.reason), base: version }, flags);
    }),
  );
}

export function unpinCommand(): Command {
  const command = new Command("unpin").description(
    "remove the pin, and apply the current documents of the sources",
  );
  return changeOptions(command).action((flags: ChangeFlags) =>
    withRunningEngine(flags, (client) => applyChange(client, { action: unpinConfig }, flags)),
  );
}

interface ConfirmFlags extends RunningEngineChoice {
  json?: boolean;
}

export function confirmCommand(): Command {
  const command = new Command("confirm")
    .description("keep a change that would revert by itself")
    .option("--json", "print the active config as JSON");
  return runningEngineOptions(command).action((flags: ConfirmFlags) =>
    withRunningEngine(flags, async (client) => {
      const view = await send(client, confirmConfig);
      console.log(flags.json ? JSON.stringify(view, null, 2) : viewLines(view).join("\n"));
    }),
  );
}
