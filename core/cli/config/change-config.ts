/**
 * The one way in which a command changes the config of an engine that runs. The plan is shown, the person is asked, and the
 * change is made only if the active version is still the one that was planned for.
 *
 * @module
 */
import type { Command } from "commander";
import {
  type ConfigAction,
  changeConfig,
  type EngineClient,
  getConfig,
  planConfig,
  type Request,
} from "../../../admin/client/mod.ts";
import type { ConfigProblem } from "../../../schemas/generated/api.ts";
import { SyrinxError } from "../../errors.ts";
import { duration } from "../arguments.ts";
import { ask } from "../ask.ts";
import { type RunningEngineChoice, runningEngineOptions } from "../find-engine.ts";
import { errorOf } from "../send.ts";
import { paintFor } from "./change-text.ts";
import { planText } from "./plan-text.ts";
import { configInvalid, problemLines } from "./problem-text.ts";
import { viewLines } from "./view-text.ts";

export interface ChangeFlags extends RunningEngineChoice {
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
  /** In ms. */
  confirm?: number;
}

export interface Change {
  action: ConfigAction;
  /** The version that the change was made for; absent: the active one when it is planned. */
  base?: number;
  /** Adds to a problem the position that the engine cannot know. */
  place?: (problem: ConfigProblem) => ConfigProblem;
}

/** Adds the options of everything that changes the config. */
export function changeOptions(command: Command, { confirm = true } = {}): Command {
  command
    .option("--dry-run", "show what it would change, and do nothing")
    .option("-y, --yes", "do not ask")
    .option("--json", "print the new config as JSON, or the plan with --dry-run");
  if (confirm)
    command.option(
      "--confirm <time>",
      "the change reverts by itself after this time, e.g. 60s, unless it is confirmed",
      duration,
    );
  return runningEngineOptions(command);
}

/**
 * Plans a change, shows the plan, asks, and makes the change.
 *
 * @throws SyrinxError why nothing was changed; it says which version stays active
 */
export async function applyChange(
  client: EngineClient,
  { action, base, place = (problem) => problem }: Change,
  { dryRun, yes, json, confirm }: ChangeFlags,
): Promise<void> {
  const plan = await sent(client, planConfig(action, base));
  const problems = plan.problems?.map(place) ?? [];
  if (dryRun && json) console.log(JSON.stringify({ ...plan, ...(plan.problems && { problems }) }, null, 2));
  else {
    // The plan stands where the question is asked: on stderr.
    const out = dryRun ? process.stdout : process.stderr;
    const lines = problems.length > 0 ? problemLines(problems) : [planText(plan, paintFor(out))];
    out.write(`${lines.join("\n")}\n`);
  }
  if (problems.length > 0) throw configInvalid(problems, servesOn(plan.base));
  if (dryRun) return;
  if (plan.changes.length > 0) await ask(`Change config version ${plan.base} like this?`, yes);
  const view = await sent(client, changeConfig(action, plan.base, confirm), place);
  console.log(json ? JSON.stringify(view, null, 2) : viewLines(view).join("\n"));
}

/**
 * @param place adds to a problem the place that the engine cannot know
 * @throws SyrinxError of a request that fails; it says which version stays active. Its reasons are on stderr, a line each
 */
async function sent<T>(
  client: EngineClient,
  request: Request<T>,
  place: (problem: ConfigProblem) => ConfigProblem = (problem) => problem,
): Promise<T> {
  const outcome = await client.send(request);
  if (outcome.ok) return outcome.value;
  for (const line of problemLines((outcome.error.problems ?? []).map(place))) console.error(line);
  const { code, message, violations } = errorOf(client, outcome.error);
  const config = await client.send(getConfig);
  throw new SyrinxError(code, config.ok ? `${message}. ${servesOn(config.value.version)}` : message, {
    violations,
  });
}

function servesOn(version: number): string {
  return `Config version ${version} stays active`;
}
