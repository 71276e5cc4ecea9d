/**
 * `syrinx config set` and `unset`: one override of the engine that runs.
 *
 * @module
 */
import { Command } from "commander";
import { getConfig, patchConfig, pointerOf, unsetOverride } from "../../../admin/client/mod.ts";
import { SyrinxError } from "../../errors.ts";
import { withRunningEngine } from "../find-engine.ts";
import { send } from "../send.ts";
import { applyChange, type ChangeFlags, changeOptions } from "./change-config.ts";
import { settingOf } from "./merge-patch.ts";

export function setCommand(): Command {
  const command = new Command("set")
    .description("set one setting of the running engine, as an override")
    .argument("<setting>", "e.g. speech.defaultVoice or /speech/defaultVoice")
    .argument(
      "<value>",
      "JSON, or else text; an object is merged into the current one; null removes the value",
    );
  return changeOptions(command).action((setting: string, value: string, flags: ChangeFlags) =>
    withRunningEngine(flags, async (client) => {
      const { document, version } = await send(client, getConfig);
      const patch = settingOf(document, pointerOf(setting), value);
      await applyChange(client, { action: patchConfig(patch), base: version }, flags);
    }),
  );
}

interface UnsetFlags extends ChangeFlags {
  all?: boolean;
}

export function unsetCommand(): Command {
  const command = new Command("unset")
    .description("remove overrides: the values of the sources and the defaults apply again")
    .argument("[setting]", "e.g. speech.defaultVoice or /speech/defaultVoice")
    .option("--all", "all overrides");
  return changeOptions(command).action((setting: string | undefined, flags: UnsetFlags) => {
    const pointer = pointerToUnset(setting, flags.all ?? false);
    return withRunningEngine(flags, (client) =>
      applyChange(client, { action: unsetOverride(pointer) }, flags),
    );
  });
}

/**
 * An empty setting, as of a shell variable that is not set, does not mean all of them.
 *
 * @returns undefined: all overrides
 * @throws SyrinxError usage, unless the command line says either a setting or --all
 */
function pointerToUnset(setting: string | undefined, all: boolean): string | undefined {
  if (all && setting !== undefined)
    throw new SyrinxError("usage", `Name either a setting to unset (${setting}), or --all`);
  if (all) return undefined;
  if (setting) return pointerOf(setting);
  throw new SyrinxError(
    "usage",
    "Name a setting to unset, e.g. speech.defaultVoice, or --all for all overrides",
  );
}
