/**
 * Every change of a running engine's config: its plan is shown, then it is asked for, then done for the version that the plan
 * was made for and no other.
 *
 * @module
 */
import type { Command } from "commander";
import type { ConfigPlanView, ConfigProblem, ConfigView } from "../../../schemas/generated/api.ts";
import { asSyrinxError, SyrinxError } from "../../errors.ts";
import { ask } from "../ask.ts";
import type { Client } from "../client.ts";
import { duration } from "../duration.ts";
import { type RunningEngineChoice, runningEngineOptions } from "../running-engine.ts";
import { paintFor } from "./paint.ts";
import { planText } from "./plan-text.ts";
import { configInvalid, problemLines } from "./problem-text.ts";
import { viewLines } from "./view-text.ts";

export interface SteerFlags extends RunningEngineChoice {
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
  /** In ms. */
  confirm?: number;
}

/** What is asked of the engine. */
export interface Change {
  method: "POST" | "PATCH" | "DELETE";
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: object;
  /** The version that it was made for; absent: the one that the plan finds. */
  base?: number;
  /** Finds the places of problems that the engine cannot know. */
  place?: (problem: ConfigProblem) => ConfigProblem;
}

/** Adds the options of everything that changes the config. */
export function steerOptions(command: Command, { confirm = true } = {}): Command {
  command
    .option("--dry-run", "show what it would change, and do nothing")
    .option("-y, --yes", "do not ask")
    .option("--json", "print the config that is in force then, or with --dry-run the plan, as JSON");
  if (confirm)
    command.option(
      "--confirm <time>",
      "it goes back by itself after that, e.g. 60s, unless it is confirmed",
      duration,
    );
  return runningEngineOptions(command);
}

/** @throws SyrinxError why nothing was changed; it says what serves on */
export async function steer(client: Client, change: Change, flags: SteerFlags): Promise<void> {
  const { dryRun, yes, json, confirm } = flags;
  const plan = await send<ConfigPlanView>(client, { ...change, query: { ...change.query, dryRun: "true" } });
  const problems = plan.problems?.map(change.place ?? ((one) => one)) ?? [];
  if (dryRun && json) console.log(JSON.stringify({ ...plan, ...(plan.problems && { problems }) }, null, 2));
  else {
    // What is asked about is told where the question is.
    const out = dryRun ? process.stdout : process.stderr;
    const lines = problems.length > 0 ? problemLines(problems) : [planText(plan, paintFor(out))];
    out.write(`${lines.join("\n")}\n`);
  }
  if (problems.length > 0) throw configInvalid(problems, servesOn(plan.base));
  if (dryRun) return;
  if (plan.changes.length > 0) await ask(`Change config version ${plan.base} like this?`, yes);
  const query = { ...change.query, ...(confirm !== undefined && { confirm: String(confirm) }) };
  const view = await send<ConfigView>(client, { ...change, query, base: plan.base });
  console.log(json ? JSON.stringify(view, null, 2) : viewLines(view).join("\n"));
}

async function send<T>(client: Client, { method, path, query = {}, body, base }: Change): Promise<T> {
  const search = new URLSearchParams(query).toString();
  const sent = { ...(body && { body }), ...(base !== undefined && { version: base }) };
  try {
    return await client.send<T>(method, search === "" ? path : `${path}?${search}`, sent);
  } catch (cause) {
    const { code, message, violations } = asSyrinxError(cause);
    // Where the engine has gone, there is nothing to say of it.
    const view = await client.get<ConfigView>("/control/config").catch(() => undefined);
    throw new SyrinxError(code, view ? `${message}. ${servesOn(view.version)}` : message, {
      cause,
      violations,
    });
  }
}

function servesOn(version: number): string {
  return `Config version ${version} serves on`;
}
