import { Command } from "commander";
import type {
  ConfigPlanView,
  ConfigView,
  SlotList,
  SnapshotList,
  SnapshotRestore,
  SnapshotView,
} from "../../../schemas/generated/api.ts";
import { asSyrinxError, SyrinxError } from "../../errors.ts";
import { ask } from "../ask.ts";
import type { Client } from "../client.ts";
import { paintFor, planText } from "../config/mod.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "../running-engine.ts";
import { restoredLines, restoreFailure, restorePlanText } from "./restore-text.ts";

interface Flags extends RunningEngineChoice {
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

export function restoreCommand(): Command {
  const command = new Command("restore")
    .description(
      "bring back the config, what filled the slots and what plugins knew; the config is pinned then",
    )
    .argument("<snapshot>", "its id, or its name: the newest of that name")
    .option("--dry-run", "show what it would change, and do nothing")
    .option("-y, --yes", "do not ask")
    .option("--json", "print what was done as JSON");
  return runningEngineOptions(command).action((given: string, flags: Flags) =>
    withRunningEngine(flags, (client) => restore(client, given, flags)),
  );
}

async function restore(client: Client, given: string, { yes, dryRun, json }: Flags): Promise<void> {
  const snapshot = await find(client, given);
  const { slots } = await client.get<SlotList>("/control/slots");
  const out = dryRun ? process.stdout : process.stderr;
  out.write(`${restorePlanText(snapshot, slots)}\n`);
  out.write(`config: ${await configPlan(client, snapshot, out)}\n`);
  if (dryRun) return;
  await ask(`Restore snapshot ${snapshot.id}?`, yes);
  const done = await post(client, snapshot.id);
  if (json) console.log(JSON.stringify(done, null, 2));
  const failure = restoreFailure(done);
  if (failure) throw failure;
  if (!json) console.log(restoredLines(done).join("\n"));
}

async function find(client: Client, given: string): Promise<SnapshotView> {
  const { snapshots } = await client.get<SnapshotList>("/control/snapshots");
  const found = snapshots.find(({ id }) => id === given) ?? snapshots.find(({ name }) => name === given);
  if (found) return found;
  throw new SyrinxError(
    "snapshot-not-found",
    `There is no snapshot of id or name "${given}": see syrinx snapshot list`,
  );
}

/** The config of a snapshot is the one of its version. */
async function configPlan(
  client: Client,
  { version }: SnapshotView,
  out: NodeJS.WriteStream,
): Promise<string> {
  const path = "/control/config/rollback?dryRun=true";
  try {
    return planText(await client.send<ConfigPlanView>("POST", path, { body: { version } }), paintFor(out));
  } catch (cause) {
    const error = asSyrinxError(cause);
    if (error.code !== "config-version-not-found") throw error;
    return `that of version ${version}, which is no longer known apart from the snapshot`;
  }
}

async function post(client: Client, id: string): Promise<SnapshotRestore> {
  try {
    return await client.send<SnapshotRestore>("POST", `/control/snapshots/${encodeURIComponent(id)}/restore`);
  } catch (cause) {
    const { code, message, violations } = asSyrinxError(cause);
    const view = await client.get<ConfigView>("/control/config").catch(() => undefined);
    const serves = view ? `. Config version ${view.version} serves on` : "";
    throw new SyrinxError(code, `Nothing was restored: ${message}${serves}`, { cause, violations });
  }
}
