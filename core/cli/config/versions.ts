/**
 * `syrinx config versions` and `diff`: what the config was, and how versions differ.
 *
 * @module
 */
import { Command } from "commander";
import { getConfig, getDiff, getVersions, MAX_LIMIT } from "../../../admin/client/mod.ts";
import type { ConfigVersionSummary } from "../../../schemas/generated/api.ts";
import { limitNumber, versionNumber } from "../arguments.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "../find-engine.ts";
import { listCommand } from "../list-command.ts";
import { send } from "../send.ts";
import { printTable } from "../table.ts";
import { changeLines, paintFor } from "./change-text.ts";

/** As many as fit a screen. */
const LIMIT = 20;
/** Names of changed values that fit a line. */
const NAMED = 3;

interface VersionsFlags {
  limit: number;
}

export function versionsCommand(): Command {
  const command = new Command("versions")
    .description("list the versions of the config, newest first, and the changes that were refused")
    .option("--limit <number>", `how many to list, at most ${MAX_LIMIT}`, limitNumber, LIMIT);
  return listCommand(command, {
    engine: "running",
    json: "print JSON, with every change",
    request: ({ limit }: VersionsFlags) => getVersions(limit),
    print({ versions, rejections }) {
      printTable(["VERSION", "AT", "WHY", "WHO", "CHANGED"], versions.map(versionRow));
      for (const { at, base, outcome, cause, actor, source, problems } of rejections) {
        const who = actor ?? source ?? cause ?? "";
        const why = problems.map(({ pointer, message }) => `${pointer} ${message}`.trim()).join("; ");
        console.error(`! ${at} ${outcome}, ${base} stayed: ${who}: ${why}`);
      }
    },
  });
}

/** @returns the cells of a version's row */
export function versionRow(version: ConfigVersionSummary): string[] {
  const { number, at, cause, actor, source, reason, rollbackTo, patch = [] } = version;
  const to = rollbackTo === undefined ? "" : ` to ${rollbackTo}`;
  const why = `${cause ?? ""}${to}${reason === undefined ? "" : `: ${reason}`}`;
  const named = patch.slice(0, NAMED).map(({ path }) => path);
  const more = patch.length > NAMED ? [`and ${patch.length - NAMED} more`] : [];
  return [String(number), at, why, actor ?? source ?? "", [...named, ...more].join(" ")];
}

interface DiffFlags extends RunningEngineChoice {
  json?: boolean;
}

export function diffCommand(): Command {
  const command = new Command("diff")
    .description("show what differs between two versions of the config")
    .argument("<from>", "a version", versionNumber)
    .argument("[to]", "another version (default: the active one)", versionNumber)
    .option("--json", "print JSON, with the JSON Patch between them");
  return runningEngineOptions(command).action((from: number, to: number | undefined, flags: DiffFlags) =>
    withRunningEngine(flags, async (client) => {
      const until = to ?? (await send(client, getConfig)).version;
      const diff = await send(client, getDiff(until, from));
      if (flags.json) console.log(JSON.stringify(diff, null, 2));
      else if (diff.changes.length === 0) console.log(`versions ${from} and ${until} are the same`);
      else console.log(changeLines(diff.changes, paintFor(process.stdout)).join("\n"));
    }),
  );
}
