import { Command } from "commander";
import type { SnapshotList } from "../../../schemas/generated/api.ts";
import { listCommand } from "../list-command.ts";
import { printTable } from "../table.ts";

export function listSnapshotsCommand(): Command {
  return listCommand<SnapshotList>(new Command("list").description("list the snapshots, newest first"), {
    engine: "running",
    json: "print JSON, with what filled each slot",
    path: () => "/control/snapshots",
    print({ snapshots }) {
      const rows = snapshots.map(({ id, at, name, reason, actor, version, slots }) => [
        id,
        at,
        name ?? (reason === "request" ? "" : `(before a ${reason})`),
        actor,
        String(version),
        String(slots.length),
        `${slots.reduce((sum, { stateBytes }) => sum + stateBytes, 0)} bytes`,
      ]);
      printTable(["SNAPSHOT", "AT", "NAME", "WHO", "CONFIG", "SLOTS", "STATE"], rows);
    },
  });
}
