import { Command } from "commander";
import {
  type EngineClient,
  getConfig,
  getSnapshots,
  planRestore,
  restoreSnapshot,
} from "../../../admin/client/mod.ts";
import type { SnapshotRestore, SnapshotRestorePlan, SnapshotView } from "../../../schemas/generated/api.ts";
import { SyrinxError } from "../../errors.ts";
import { ask } from "../ask.ts";
import { configInvalid, type Paint, paintFor, planText, problemLines } from "../config/mod.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "../find-engine.ts";
import { errorOf, send } from "../send.ts";
import { restoredLines, restoreFailure, restorePlanText } from "./restore-text.ts";

interface Flags extends RunningEngineChoice {
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

export function restoreCommand(): Command {
  const command = new Command("restore")
    .description("restore the config, the bindings and the state of plugins, and pin the config")
    .argument("<snapshot>", "its id or name; the newest one of that name")
    .option("--dry-run", "show what it would change, and do nothing")
    .option("-y, --yes", "do not ask")
    .option("--json", "print the result as JSON, or the plan with --dry-run");
  return runningEngineOptions(command).action((given: string, flags: Flags) =>
    withRunningEngine(flags, (client) => restore(client, given, flags)),
  );
}

/** @throws SyrinxError why nothing was restored, or which slots were not */
async function restore(client: EngineClient, given: string, { yes, dryRun, json }: Flags): Promise<void> {
  const { id } = await find(client, given);
  const plan = await send(client, planRestore(id));
  const { base, problems = [] } = plan.config;
  if (dryRun && json) console.log(JSON.stringify(plan, null, 2));
  else {
    // The plan stands where the question is asked: on stderr.
    const out = dryRun ? process.stdout : process.stderr;
    out.write(`${planLines(plan, paintFor(out)).join("\n")}\n`);
  }
  if (problems.length > 0)
    throw configInvalid(problems, `Nothing is restored, and config version ${base} stays active`);
  if (dryRun) return;
  await ask(`Restore snapshot ${id}?`, yes);
  const done = await makeRestore(client, id);
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

async function find(client: EngineClient, given: string): Promise<SnapshotView> {
  const { snapshots } = await send(client, getSnapshots);
  const found = snapshots.find(({ id }) => id === given) ?? snapshots.find(({ name }) => name === given);
  if (found) return found;
  throw new SyrinxError(
    "snapshot-not-found",
    `There is no snapshot of id or name "${given}": see syrinx snapshot list`,
  );
}

async function makeRestore(client: EngineClient, id: string): Promise<SnapshotRestore> {
  const outcome = await client.send(restoreSnapshot(id));
  if (outcome.ok) return outcome.value;
  const { code, message, violations } = errorOf(client, outcome.error);
  const config = await client.send(getConfig);
  const serves = config.ok ? `. Config version ${config.value.version} stays active` : "";
  throw new SyrinxError(code, `Nothing was restored: ${message}${serves}`, { violations });
}
