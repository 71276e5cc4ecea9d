import { Command } from "commander";
import { withRunningEngine } from "../running-engine.ts";
import { pointerOf } from "./merge-patch.ts";
import { steer, type SteerFlags, steerOptions } from "./steer.ts";

export function unsetCommand(): Command {
  const command = new Command("unset")
    .description("take away what was set: what the sources and the defaults say holds again")
    .argument("<setting>", "e.g. speech.defaultVoice or /speech/defaultVoice");
  return steerOptions(command).action((setting: string, flags: SteerFlags) =>
    withRunningEngine(flags, (client) => {
      const query = { pointer: pointerOf(setting) };
      return steer(client, { method: "DELETE", path: "/control/config/overrides", query }, flags);
    }),
  );
}
