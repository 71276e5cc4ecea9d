import { Command } from "commander";
import { withRunningEngine } from "../running-engine.ts";
import { steer, type SteerFlags, steerOptions } from "./steer.ts";

export function unpinCommand(): Command {
  const command = new Command("unpin").description(
    "go by the sources again, with what they have said meanwhile",
  );
  return steerOptions(command).action((flags: SteerFlags) =>
    withRunningEngine(flags, (client) =>
      steer(client, { method: "POST", path: "/control/config/unpin" }, flags),
    ),
  );
}
