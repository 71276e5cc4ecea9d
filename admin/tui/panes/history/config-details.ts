/**
 * All that is known of a version of the config, and of a refused one.
 *
 * @module
 */
import type { ConfigChange } from "../../../../schemas/generated/api.ts";
import { getDiff, timeText } from "../../../client/mod.ts";
import { dialogColumns, type Text } from "../../dialogs/mod.ts";
import { type Glyphs, type Line, tone } from "../../screen/mod.ts";
import { changeLines } from "../config-changes.ts";
import { problemLines } from "../config-problems.ts";
import { errorDialog } from "../engine-error.ts";
import { labelled } from "../labelled.ts";
import { ask, type Change, type Effect, type View } from "../pane.ts";
import type { Entry, Rejection, Version } from "./timeline.ts";

/** @returns the effect of asking what a version has changed, and of showing it */
export function showVersion<S>(version: Version): Effect<Change<S>> {
  const { number } = version;
  return ask(`reading version ${number}`, getDiff(number), (outcome) => (state, view) => {
    // The first version has none before it, and of the oldest the one before is forgotten.
    const isOldest = !outcome.ok && outcome.error.code === "config-version-not-found";
    const dialog = outcome.ok
      ? versionDialog(version, view, outcome.value.changes)
      : versionDialog(version, view);
    const effect: Effect<Change<S>> =
      outcome.ok || isOldest
        ? { kind: "dialog", dialog }
        : errorDialog(`Version ${number} of the config`, outcome.error);
    return { state, effects: [effect] };
  });
}

export function rejectionDialog(
  { rejection }: Extract<Entry, { kind: "rejection" }>,
  { size, now, glyphs }: View,
): Text {
  return {
    kind: "text",
    title: `A config that was refused, ${timeText(rejection.at, now)}`,
    body: rejectionLines(rejection, dialogColumns(size), glyphs),
    command: "syrinx config versions",
  };
}

/** @param changes absent: what the version itself says of them */
export function versionLines(
  version: Version,
  columns: number,
  glyphs: Glyphs,
  changes?: readonly ConfigChange[],
): Line[] {
  const { cause, source, actor, reason, rollbackTo, patch = [] } = version;
  const differs = changes ? changeLines(changes, columns, glyphs) : patch.map(operationLine);
  return [
    ...labelled("cause", cause, columns),
    ...labelled("source", source, columns),
    ...labelled("actor", actor, columns),
    ...labelled("document", rollbackTo === undefined ? undefined : `that of version ${rollbackTo}`, columns),
    ...labelled("reason", reason, columns),
    [],
    ...(differs.length > 0 ? differs : [[tone("dim", "No value differs from the version before.")]]),
  ];
}

export function rejectionLines(
  { base, outcome, cause, source, actor, problems }: Rejection,
  columns: number,
  glyphs: Glyphs,
): Line[] {
  const how = {
    rejected: "rejected: it is not valid",
    failed: "failed: it could not be applied, and all of it was undone",
  }[outcome];
  return [
    ...labelled("outcome", `${glyphs.bad} ${how}`, columns, "bad"),
    ...labelled("stayed", `version ${base}`, columns),
    ...labelled("cause", cause, columns),
    ...labelled("source", source, columns),
    ...labelled("actor", actor, columns),
    [],
    ...problemLines(problems),
  ];
}

function versionDialog(
  version: Version,
  { size, now, glyphs }: View,
  changes?: readonly ConfigChange[],
): Text {
  const { number, at } = version;
  return {
    kind: "text",
    title: `Version ${number} of the config, ${timeText(at, now)}`,
    body: versionLines(version, dialogColumns(size), glyphs, changes),
    command: number > 1 ? `syrinx config diff ${number - 1} ${number}` : "syrinx config versions",
  };
}

function operationLine({ op, path, value }: NonNullable<Version["patch"]>[number]): Line {
  const [sign, meaning] = ({ add: ["+", "good"], remove: ["-", "bad"], replace: ["~", "warn"] } as const)[op];
  return [tone(meaning, `${sign} ${path || "/"}${value === undefined ? "" : `  ${JSON.stringify(value)}`}`)];
}
