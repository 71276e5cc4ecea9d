/**
 * Versions of the config, in words.
 *
 * @module
 */
import type { ConfigChange, ConfigVersionSummary, ConfigView } from "../../schemas/generated/api.ts";

type Cause = Pick<ConfigVersionSummary, "cause" | "source" | "actor" | "reason" | "rollbackTo">;

/** @returns who or what made a version, e.g. `set by loopback` */
export function causeText({ cause, source, actor, reason, rollbackTo }: Cause): string {
  const who = actor === undefined ? "" : ` by ${actor}`;
  const why = reason === undefined ? "" : `: ${reason}`;
  switch (cause) {
    case "start":
      return `at the start${source === undefined ? "" : `, from ${source}`}`;
    case "source":
      return `from ${source ?? "a source"}`;
    case "patch":
      return `set${who}${why}`;
    case "rollback":
      return `rolled back${rollbackTo === undefined ? "" : ` to ${rollbackTo}`}${who}${why}`;
    case "unpin":
      return `unpinned${who}`;
    case "revert":
      return "reverted, because nobody confirmed it";
    case "restore":
      return `snapshot restored${who}`;
    default:
      return source === undefined ? "" : `from ${source}`;
  }
}

/** @returns what the config is pinned to, e.g. `version 7` */
export function pinnedTo({ version, snapshot }: NonNullable<ConfigView["pinned"]>): string {
  return snapshot === undefined ? `version ${version}` : `snapshot ${snapshot}`;
}

/** How a value differs, and the sign for it at the start of a line. */
export const CHANGE_SIGNS = { added: "+", removed: "-", changed: "~" } as const;

/** @returns how a value differs between two documents */
export function changeKind({ from, to }: ConfigChange): keyof typeof CHANGE_SIGNS {
  if (from === undefined) return "added";
  return to === undefined ? "removed" : "changed";
}
