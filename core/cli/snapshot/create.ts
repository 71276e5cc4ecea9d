import { Command } from "commander";
import type { SnapshotView } from "../../../schemas/generated/api.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "../running-engine.ts";

interface Flags extends RunningEngineChoice {
  json?: boolean;
}

export function createCommand(): Command {
  const command = new Command("create")
    .description("take a snapshot of the engine that runs")
    .argument("[name]", "for people, and to restore it by")
    .option("--json", "print the snapshot as JSON");
  return runningEngineOptions(command).action((name: string | undefined, flags: Flags) =>
    withRunningEngine(flags, async (client) => {
      const body = { ...(name !== undefined && { name }) };
      const snapshot = await client.send<SnapshotView>("POST", "/control/snapshots", { body });
      const { id, version, slots } = snapshot;
      if (flags.json) console.log(JSON.stringify(snapshot, null, 2));
      else console.log(`snapshot ${id}: config version ${version}, slots: ${slots.length}`);
      for (const { slot, problem } of slots)
        if (problem !== undefined) console.error(`! ${slot}: what its plugin knows is not in it: ${problem}`);
    }),
  );
}
