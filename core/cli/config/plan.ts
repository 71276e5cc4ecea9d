import { Command } from "commander";
import { type EngineClient, getConfig, planDocument } from "../../../admin/client/mod.ts";
import type { ConfigPlanView } from "../../../schemas/generated/api.ts";
import { existingConfigPath } from "../config-path.ts";
import { findEngine, type RunningEngineChoice, runningEngineOptions } from "../find-engine.ts";
import { engineNotRunning, send } from "../send.ts";
import { paintFor } from "./change-text.ts";
import { planText } from "./plan-text.ts";
import { configInvalid, problemLines, unaskedText } from "./problem-text.ts";

interface Flags extends RunningEngineChoice {
  json?: boolean;
}

/** A plan, and the config that it was made against, in words. */
interface Found {
  plan: ConfigPlanView;
  against: string;
  /** Sources that were not asked for their documents. */
  unasked: readonly string[];
}

export function planCommand(): Command {
  const command = new Command("plan")
    .description("show what a config file would change in the running engine, or in the defaults")
    .argument("[file]", "config file (default: ./syrinx.jsonc, or .json, .yaml, .toml)")
    .option("--json", "print the plan as JSON");
  return runningEngineOptions(command).action(async (file: string | undefined, flags: Flags) => {
    const path = existingConfigPath(file);
    const { client, answering, named } = await findEngine(flags);
    if (named && !answering) throw engineNotRunning(client.address.url);
    const { plan, against, unasked } = answering
      ? await planOnline(client, path, flags.home)
      : await planOffline(path, flags.home);
    const { problems = [] } = plan;
    if (flags.json) console.log(JSON.stringify(plan, null, 2));
    else {
      console.error(`${path} against ${against}:`);
      if (unasked.length > 0) console.error(unaskedText(unasked));
      for (const line of problemLines(problems)) console.log(line);
      if (problems.length === 0) console.log(planText(plan, paintFor(process.stdout)));
    }
    if (problems.length > 0) throw configInvalid(problems, "An engine would refuse it");
  });
}

async function planOffline(path: string, home: string | undefined): Promise<Found> {
  const { checkFile } = await import("./offline-file.ts");
  const { problems, unasked, plan } = await checkFile(path, home);
  return { plan: plan ?? refused(0, problems), against: "the defaults, because no engine runs", unasked };
}

async function planOnline(client: EngineClient, path: string, home: string | undefined): Promise<Found> {
  const { placedProblem, readFile } = await import("./offline-file.ts");
  const { version, layers } = await send(client, getConfig);
  const against = `config version ${version} of ${client.address.url}`;
  const item = await readFile(path, home);
  if ("problem" in item) {
    const { problem: message, origin, line, column } = item;
    return { plan: refused(version, [{ pointer: "", message, origin, line, column }]), against, unasked: [] };
  }
  const source = layers.find(({ origin }) => origin === path)?.source;
  const plan = await send(client, planDocument(item.document as object, version, source));
  const how = source === undefined ? ", instead of all its sources" : `, as its source ${source}`;
  const problems = plan.problems?.map((one) => placedProblem(one, item));
  return { plan: { ...plan, ...(problems && { problems }) }, against: against + how, unasked: [] };
}

function refused(base: number, problems: ConfigPlanView["problems"]): ConfigPlanView {
  return { base, slots: [], sources: [], sections: [], changes: [], problems };
}
