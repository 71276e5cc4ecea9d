import { Command } from "commander";
import type { ConfigVersionList, ConfigVersionSummary } from "../../../schemas/generated/api.ts";
import { limitNumber, MAX_LIMIT } from "../limit-number.ts";
import { listCommand } from "../list-command.ts";
import { printTable } from "../table.ts";

/** As many as fit a screen. */
const LIMIT = 20;
/** Names of changed values that fit a line. */
const NAMED = 3;

interface Flags {
  limit: number;
}

export function versionsCommand(): Command {
  const command = new Command("versions")
    .description("list the versions of the config, newest first, and what was refused meanwhile")
    .option("--limit <number>", `most that are listed, up to ${MAX_LIMIT}`, limitNumber, LIMIT);
  return listCommand<ConfigVersionList, Flags>(command, {
    engine: "running",
    json: "print JSON, with every change",
    path: ({ limit }) => `/control/config/versions?limit=${limit}`,
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
