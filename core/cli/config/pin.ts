import { Command } from "commander";
import type { ConfigView } from "../../../schemas/generated/api.ts";
import { withRunningEngine } from "../running-engine.ts";
import { steer, type SteerFlags, steerOptions } from "./steer.ts";

interface Flags extends SteerFlags {
  reason?: string;
}

export function pinCommand(): Command {
  const command = new Command("pin")
    .description("keep the config as it is: what sources say later is held until an unpin")
    .option("--reason <text>", "for people; kept with the pin");
  return steerOptions(command, { confirm: false }).action((flags: Flags) =>
    withRunningEngine(flags, async (client) => {
      // A rollback to what is in force changes nothing, and pins it.
      const { version } = await client.get<ConfigView>("/control/config");
      const body = { version, ...(flags.reason !== undefined && { reason: flags.reason }) };
      await steer(client, { method: "POST", path: "/control/config/rollback", body, base: version }, flags);
    }),
  );
}
