import { Command } from "commander";
import { withRunningEngine } from "../running-engine.ts";
import { steer, type SteerFlags, steerOptions } from "./steer.ts";
import { versionNumber } from "./version-number.ts";

interface Flags extends SteerFlags {
  reason?: string;
}

export function rollbackConfigCommand(): Command {
  const command = new Command("rollback")
    .description("apply a version once more, and pin it: what sources say later is held until an unpin")
    .argument("<version>", "see syrinx config versions", versionNumber)
    .option("--reason <text>", "for people; kept with the version");
  return steerOptions(command, { confirm: false }).action((version: number, flags: Flags) =>
    withRunningEngine(flags, (client) => {
      const body = { version, ...(flags.reason !== undefined && { reason: flags.reason }) };
      return steer(client, { method: "POST", path: "/control/config/rollback", body }, flags);
    }),
  );
}
