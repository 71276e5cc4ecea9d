import { spanText } from "../client/mod.ts";
import { dialogKeys, dialogLines, type OpenDialog } from "./dialogs/mod.ts";
import { type Hint, PANE_NAMES, type PaneName } from "./panes/mod.ts";
import {
  clip,
  type Field,
  fieldLine,
  fitLine,
  type Glyphs,
  type Line,
  lay,
  lineCells,
  type Part,
  type Size,
  type Tone,
  tone,
} from "./screen/mod.ts";
import type { EngineState } from "./state/mod.ts";

/** Rows of a screen that are not the pane's: header, tabs, notice and footer. */
const FRAME_ROWS = 4;
/** A smaller screen is not drawn. */
const MIN_SIZE: Size = { columns: 40, rows: 10 };

export interface Notice {
  readonly tone: Tone;
  readonly text: string;
}

/** What is typed after `/`, to filter, or after `:`, to go somewhere. */
export interface Prompt {
  readonly sign: "/" | ":";
  readonly field: Field;
}

/** All that is on the screen. */
export interface Scene {
  readonly size: Size;
  readonly glyphs: Glyphs;
  readonly now: number;
  readonly engine: EngineState;
  readonly readOnly: boolean;
  readonly pane: PaneName;
  readonly body: readonly Line[];
  readonly hints: readonly Hint[];
  /** Whether the user types into the pane, so that keys that work everywhere else are text. */
  readonly isTyping: boolean;
  readonly notice: Notice | undefined;
  readonly prompt: Prompt | undefined;
  readonly filter: string;
  readonly dialog: OpenDialog<unknown> | undefined;
}

/** @returns the size, but at least the smallest that is drawn */
export function atLeast({ columns, rows }: Size): Size {
  return { columns: Math.max(MIN_SIZE.columns, columns), rows: Math.max(MIN_SIZE.rows, rows) };
}

/** @returns the room for a pane on a screen of that size */
export function paneSize({ columns, rows }: Size): Size {
  return { columns, rows: Math.max(0, rows - FRAME_ROWS) };
}

/** @returns the whole screen, a line for each of its rows */
export function frameLines(scene: Scene): Line[] {
  const { size, body, dialog, glyphs } = scene;
  if (size.columns < MIN_SIZE.columns || size.rows < MIN_SIZE.rows) {
    return [
      [
        `${size.columns}x${size.rows} is too small: ${MIN_SIZE.columns}x${MIN_SIZE.rows} at least, better 80x24`,
      ],
    ];
  }
  const room = paneSize(size);
  const filled = Array.from({ length: room.rows }, (_, row): Line => body[row] ?? []);
  const whole = [header(scene), tabs(scene), ...filled, noticeLine(scene), footer(scene)];
  if (!dialog) return whole;
  const box = dialogLines(dialog, size, glyphs);
  const top = Math.max(1, Math.floor((size.rows - box.length) / 2));
  const left = Math.max(0, Math.floor((size.columns - lineCells(box[0] ?? [])) / 2));
  return lay(whole, box, top, left);
}

function header(scene: Scene): Line {
  const { engine, size, readOnly } = scene;
  const status = engine.known.status?.value;
  const left: Part[] = [
    tone("strong", "Syrinx"),
    ...(status
      ? [
          ` ${status.version}  up ${spanText(status.uptimeSeconds * 1_000)}`,
          `  ${status.counts.requestsPerSecond.toFixed(1)} req/s  config ${status.config.version}`,
          ...(status.config.pinned ? [" ", tone("warn", "pinned")] : []),
          ...(status.ready ? [] : ["  ", tone("warn", "not ready")]),
        ]
      : []),
    ...(readOnly || status?.caller.scopes.includes("admin") === false
      ? ["  ", tone("warn", "read-only")]
      : []),
  ];
  const right = connectionParts(scene);
  const space = size.columns - lineCells(left) - lineCells(right);
  return space >= 1 ? [...left, " ".repeat(space), ...right] : [...right, " ", ...left];
}

/** Codes of an engine that runs, but refuses this client. */
const REFUSED = new Set(["unauthorized", "forbidden"]);

function connectionParts({ engine, glyphs, now, size }: Scene): Line {
  const { connection, url, problems } = engine;
  const stale = engine.known.status ? ", stale" : "";
  const where = size.columns >= 100 ? `${url} ` : "";
  switch (connection.state) {
    case "connected":
      // The stream of events may go on while all requests are refused, e.g. because the token was removed.
      if (problems.status)
        return [
          where,
          tone("bad", `${glyphs.bad} ${REFUSED.has(problems.status.code) ? "refused" : "no answer"}${stale}`),
        ];
      return [where, tone("good", `${glyphs.good} connected`)];
    case "connecting":
      return [where, tone("warn", `${glyphs.busy} connecting`)];
    case "lost": {
      const next = Math.max(0, Math.ceil((connection.retryAt - now) / 1_000));
      const since = spanText(now - connection.since);
      const what = connection.error.code === "unreachable" ? "lost" : "refused";
      return [where, tone("bad", `${glyphs.bad} ${what} for ${since}${stale}; again in ${next} s`)];
    }
  }
}

function tabs({ pane, size }: Scene): Line {
  const parts = PANE_NAMES.flatMap((name, index): Part[] => {
    const label = ` ${index + 1} ${name[0]?.toUpperCase()}${name.slice(1)} `;
    return [name === pane ? tone("selected", label) : tone("dim", label), " "];
  });
  return fitLine(parts, size.columns);
}

function noticeLine({ notice, prompt, filter, size, engine, glyphs }: Scene): Line {
  if (prompt) return [tone("strong", prompt.sign), ...fieldLine(prompt.field, size.columns - 2)];
  // A filter hides something, so it is always shown.
  const words: Line = filter === "" ? [] : [tone("warn", `/${filter}`), "  "];
  if (notice) {
    const room = Math.max(0, size.columns - lineCells(words));
    return [...words, tone(notice.tone, clip(notice.text, room, glyphs.more))];
  }
  const { connection, problems } = engine;
  const problem = connection.state === "lost" ? connection.error : problems.status;
  if (problem) return [tone("dim", clip(problem.message, size.columns, glyphs.more))];
  return filter === "" ? [] : [...words, tone("dim", "Esc shows all")];
}

const EVERYWHERE = [
  { key: "?", what: "help" },
  { key: ":", what: "go to" },
  { key: "q", what: "quit" },
];

/** The keys that work now, as many as there is room for, and always those that work on every pane. */
function footer({ hints, isTyping, size, dialog, prompt }: Scene): Line {
  if (dialog) return keysLine(dialogKeys(dialog), size.columns);
  if (prompt) {
    const enter = prompt.sign === "/" ? "keep" : "go";
    return keysLine(
      [
        { key: "Enter", what: enter },
        { key: "Esc", what: "cancel" },
      ],
      size.columns,
    );
  }
  if (isTyping) return keysLine(hints, size.columns);
  const always = keysLine(EVERYWHERE, size.columns);
  return [...keysLine(hints, size.columns - lineCells(always)), ...always];
}

function keysLine(keys: readonly { key: string; what: string }[], columns: number): Line {
  const line: Part[] = [];
  for (const { key, what } of keys) {
    const parts = [tone("accent", key), ` ${what}  `];
    if (lineCells(line) + lineCells(parts) > columns) break;
    line.push(...parts);
  }
  return line;
}
