import { valueAt } from "../../../../core/json-pointer.ts";
import type { ConfigView } from "../../../../schemas/generated/api.ts";
import { settingName } from "../../../client/mod.ts";
import { type Line, tone } from "../../screen/mod.ts";
import { problemLines } from "../config-problems.ts";
import type { Change, Effect } from "../pane.ts";
import { type Entry, layerName } from "./entries.ts";
import { type SourceStatus, valueText } from "./rows.ts";

/** @returns the whole value, and what each layer says there, the topmost first */
export function valueDialog<S>({ layers }: ConfigView, { pointer, value, by }: Entry): Effect<Change<S>> {
  const name = settingName(pointer);
  const said = layers.flatMap(({ source, origin, document }): Line[] => {
    const there = valueAt(document, pointer);
    if (there === undefined) return [];
    const where = origin === source ? "" : ` (${origin})`;
    return [[`${layerName(source)}${where}: ${valueText(there ?? undefined)}`]];
  });
  const text = typeof value === "object" ? JSON.stringify(value, null, 2) : valueText(value);
  return {
    kind: "dialog",
    dialog: {
      kind: "text",
      title: name,
      body: [
        ...text.split("\n").map((line): Line => [line]),
        [],
        [tone("dim", `${value === undefined ? "removed" : "set"} by ${by}; ${pointer}`)],
        ...(said.length > 0 ? [[], ["What each layer says, the topmost first:"], ...said.reverse()] : []),
      ],
      ...(value !== undefined && { command: `syrinx config get ${name}` }),
    },
  };
}

/** @returns every problem of a source's document */
export function rejectionDialog<S>({ name, problems }: SourceStatus): Effect<Change<S>> {
  return {
    kind: "dialog",
    dialog: {
      kind: "text",
      title: `${name} was rejected: ${problems.length === 1 ? "1 problem" : `${problems.length} problems`}`,
      body: [
        ...problemLines(problems),
        [],
        ["The old config stays active. When the source is corrected, the new document is applied."],
      ],
    },
  };
}
