import { Command } from "commander";
import { SyrinxError } from "../../errors.ts";
import { withRunningEngine } from "../running-engine.ts";
import { pointerOf } from "./merge-patch.ts";
import { steer, type SteerFlags, steerOptions } from "./steer.ts";

interface Flags extends SteerFlags {
  all?: boolean;
}

export function unsetCommand(): Command {
  const command = new Command("unset")
    .description("take away what was set: what the sources and the defaults say holds again")
    .argument("[setting]", "e.g. speech.defaultVoice or /speech/defaultVoice")
    .option("--all", "everything that was set");
  return steerOptions(command).action((setting: string | undefined, flags: Flags) => {
    const query = queryOf(setting, flags.all ?? false);
    return withRunningEngine(flags, (client) =>
      steer(client, { method: "DELETE", path: "/control/config/overrides", query }, flags),
    );
  });
}

/** An empty setting, as of a shell variable that is not set, is no wish for all of it to go. */
function queryOf(setting: string | undefined, all: boolean): Record<string, string> {
  if (all && setting !== undefined)
    throw new SyrinxError("usage", `Say either which setting to unset (${setting}), or --all`);
  if (all) return {};
  if (setting) return { pointer: pointerOf(setting) };
  throw new SyrinxError(
    "usage",
    "Say which setting to unset, e.g. speech.defaultVoice, or --all for everything that was set",
  );
}
