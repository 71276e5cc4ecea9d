import { Command } from "commander";
import type { ConfigPlanView, ConfigView } from "../../../schemas/generated/api.ts";
import { createLog } from "../../log.ts";
import { checkConfigFile, type OfflineOptions, readConfigFile } from "../../engine/mod.ts";
import { type Client, engineNotRunning } from "../client.ts";
import { homeDirectory } from "../home.ts";
import { findEngine, type RunningEngineChoice, runningEngineOptions } from "../running-engine.ts";
import { paintFor } from "./paint.ts";
import { placedProblem } from "./placed-problem.ts";
import { planText } from "./plan-text.ts";
import { presentConfig } from "./present-config.ts";
import { configInvalid, problemLines } from "./problem-text.ts";
import { unaskedText } from "./unasked-text.ts";

interface Flags extends RunningEngineChoice {
  json?: boolean;
}

/** A plan, and for people what it is a plan of. */
interface Found {
  plan: ConfigPlanView;
  against: string;
  /** Sources that it is a plan without. */
  unasked: readonly string[];
}

export function planCommand(): Command {
  const command = new Command("plan")
    .description("say what a config file would change: in the engine that runs, else in the defaults")
    .argument("[file]", "config file (default: ./syrinx.jsonc, or .json, .yaml, .toml)")
    .option("--json", "print the plan as JSON");
  return runningEngineOptions(command).action(async (file: string | undefined, flags: Flags) => {
    const path = presentConfig(file);
    const options = { path, home: homeDirectory(flags.home), log: createLog("error") };
    const { client, answering, named } = await findEngine(flags);
    if (named && !answering) throw engineNotRunning(client.url);
    const { plan, against, unasked } = answering
      ? await planOnline(client, options)
      : await planOffline(options);
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

async function planOffline(options: OfflineOptions): Promise<Found> {
  const { problems, unasked, plan } = await checkConfigFile(options);
  return { plan: plan ?? refused(0, problems), against: "the defaults, as no engine runs", unasked };
}

async function planOnline(client: Client, options: OfflineOptions): Promise<Found> {
  const { version, layers } = await client.get<ConfigView>("/control/config");
  const against = `config version ${version} of ${client.url}`;
  const item = await readConfigFile(options);
  if ("problem" in item) {
    const { problem: message, origin, line, column } = item;
    return { plan: refused(version, [{ pointer: "", message, origin, line, column }]), against, unasked: [] };
  }
  const source = layers.find(({ origin }) => origin === options.path)?.source;
  const body = { document: item.document as object, ...(source !== undefined && { source }), base: version };
  const plan = await client.send<ConfigPlanView>("POST", "/control/config/plan", { body });
  const how = source === undefined ? ", in the place of all that it goes by" : `, as its source ${source}`;
  const problems = plan.problems?.map((one) => placedProblem(one, item));
  return { plan: { ...plan, ...(problems && { problems }) }, against: against + how, unasked: [] };
}

function refused(base: number, problems: ConfigPlanView["problems"]): ConfigPlanView {
  return { base, slots: [], sources: [], sections: [], changes: [], problems };
}
