import { Command } from "commander";
import type {
  ConfigView,
  SnapshotList,
  SnapshotRestore,
  SnapshotRestorePlan,
  SnapshotView,
} from "../../../schemas/generated/api.ts";
import { asSyrinxError, SyrinxError } from "../../errors.ts";
import { ask } from "../ask.ts";
import type { Client } from "../client.ts";
import { configInvalid, type Paint, paintFor, planText, problemLines } from "../config/mod.ts";
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
    .option("--json", "print what was done as JSON, or with --dry-run what would be");
  return runningEngineOptions(command).action((given: string, flags: Flags) =>
    withRunningEngine(flags, (client) => restore(client, given, flags)),
  );
}

/** @throws SyrinxError why nothing was restored, or which slots were not */
async function restore(client: Client, given: string, { yes, dryRun, json }: Flags): Promise<void> {
  const { id } = await find(client, given);
  const path = `/control/snapshots/${encodeURIComponent(id)}/restore`;
  const plan = await client.send<SnapshotRestorePlan>("POST", `${path}?dryRun=true`);
  const { base, problems = [] } = plan.config;
  if (dryRun && json) console.log(JSON.stringify(plan, null, 2));
  else {
    // What is asked about is told where the question is.
    const out = dryRun ? process.stdout : process.stderr;
    out.write(`${planLines(plan, paintFor(out)).join("\n")}\n`);
  }
  if (problems.length > 0)
    throw configInvalid(problems, `Nothing is restored, and config version ${base} serves on`);
  if (dryRun) return;
  await ask(`Restore snapshot ${id}?`, yes);
  const done = await post(client, path);
  if (json) console.log(JSON.stringify(done, null, 2));
  const failure = restoreFailure(done);
  if (failure) throw failure;
  if (!json) console.log(restoredLines(done).join("\n"));
}

function planLines(plan: SnapshotRestorePlan, paint: Paint): string[] {
  const { problems = [] } = plan.config;
  if (problems.length > 0) return problemLines(problems);
  return [restorePlanText(plan), "config:", planText(plan.config, paint)];
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

async function post(client: Client, path: string): Promise<SnapshotRestore> {
  try {
    return await client.send<SnapshotRestore>("POST", path);
  } catch (cause) {
    const { code, message, violations } = asSyrinxError(cause);
    const view = await client.get<ConfigView>("/control/config").catch(() => undefined);
    const serves = view ? `. Config version ${view.version} serves on` : "";
    throw new SyrinxError(code, `Nothing was restored: ${message}${serves}`, { cause, violations });
  }
}
