import { Command } from "commander";
import type { ConfigView } from "../../../schemas/generated/api.ts";
import { withRunningEngine } from "../running-engine.ts";
import { pointerOf, settingOf } from "./merge-patch.ts";
import { steer, type SteerFlags, steerOptions } from "./steer.ts";

export function setCommand(): Command {
  const command = new Command("set")
    .description("set one setting of the engine that runs, above what all its sources say")
    .argument("<setting>", "e.g. speech.defaultVoice or /speech/defaultVoice")
    .argument("<value>", "JSON, or else text; an object is laid over what is there; null takes it away");
  return steerOptions(command).action((setting: string, value: string, flags: SteerFlags) =>
    withRunningEngine(flags, async (client) => {
      const { document, version } = await client.get<ConfigView>("/control/config");
      const body = settingOf(document, pointerOf(setting), value);
      await steer(client, { method: "PATCH", path: "/control/config", body, base: version }, flags);
    }),
  );
}
