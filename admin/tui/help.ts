import type { Text } from "./dialogs/mod.ts";
import type { Hint, PaneName } from "./panes/mod.ts";
import { type Line, pad, tone } from "./screen/mod.ts";

/** The keys that work on every pane. */
const EVERYWHERE: readonly (readonly [key: string, help: string])[] = [
  ["1 to 6", "another pane; Tab the next one"],
  [":", "go to a pane by its name, or quit"],
  ["/", "show only what has these words; Esc shows all again"],
  ["Up Down j k", "move the cursor; PgUp, PgDn, Home, End move it farther"],
  ["Esc", "go back without doing anything"],
  ["Ctrl-L", "draw the screen again"],
  ["q Ctrl-C", "quit: the engine keeps running"],
];

/** @returns the keys of a pane, and those that work everywhere */
export function helpDialog(hints: readonly Hint[], pane: PaneName): Text {
  const rows: (readonly [string, string])[] = hints.map(({ key, help }) => [key, help]);
  const width = Math.max(...[...rows, ...EVERYWHERE].map(([key]) => key.length));
  const line = ([key, help]: readonly [string, string]): Line => [
    tone("accent", pad(key, width)),
    `  ${help}`,
  ];
  const body: Line[] = [...rows.map(line), ...(rows.length > 0 ? [[]] : []), ...EVERYWHERE.map(line)];
  return { kind: "text", title: `Keys of ${pane}`, body };
}
