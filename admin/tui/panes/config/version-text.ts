import type { ConfigVersionSummary } from "../../../../schemas/generated/api.ts";
import { timeText } from "../times.ts";

type Made = Pick<ConfigVersionSummary, "cause" | "source" | "actor" | "reason" | "rollbackTo">;

/** @returns by whom or what a version came about, in words */
export function causeText({ cause, source, actor, reason, rollbackTo }: Made): string {
  const who = actor === undefined ? "" : ` by ${actor}`;
  const why = reason === undefined ? "" : `: ${reason}`;
  switch (cause) {
    case "start":
      return `at the start${source === undefined ? "" : `, as ${source} says`}`;
    case "source":
      return `as ${source ?? "a source"} says`;
    case "patch":
      return `set${who}${why}`;
    case "rollback":
      return `rolled back${rollbackTo === undefined ? "" : ` to ${rollbackTo}`}${who}${why}`;
    case "unpin":
      return `unpinned${who}`;
    case "revert":
      return "gone back, as nobody confirmed it";
    case "restore":
      return `snapshot restored${who}`;
    default:
      return source === undefined ? "" : `as ${source} says`;
  }
}

/** @returns e.g. since 14:03:22, set by loopback */
export function sinceText(version: ConfigVersionSummary, now: number): string {
  const cause = causeText(version);
  return `since ${timeText(version.at, now)}${cause === "" ? "" : `, ${cause}`}`;
}
