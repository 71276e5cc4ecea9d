/**
 * Somebody who presses whatever there is to press, while the engine answers whatever it may, in any order; and what holds
 * all the same.
 *
 * @module
 */
import fc from "fast-check";
import type { EngineClient } from "../../../../../admin/client/mod.ts";
import { frameLines } from "../../../../../admin/tui/frame.ts";
import {
  fitLine,
  glyphsFor,
  type Key,
  keyNamed,
  lineCells,
  type Size,
  textOf,
} from "../../../../../admin/tui/screen/mod.ts";
import { type OuterEffect, Shell } from "../../../../../admin/tui/shell.ts";
import { type EngineState, nothingKnown, withOlderSwaps } from "../../../../../admin/tui/state/mod.ts";
import type { SwapList } from "../../../../../schemas/generated/api.ts";
import { after, newsOf, outcomeFor } from "./known-engines.ts";

const NAMED = [
  ...[
    "up",
    "down",
    "left",
    "right",
    "pageup",
    "pagedown",
    "home",
    "end",
    "enter",
    "escape",
    "tab",
    "shift-tab",
  ],
  ...["backspace", "delete", "insert", "f1", "f12"],
  ...["a", "b", "c", "d", "e", "f", "h", "k", "n", "p", "s", "u", "w", "z"].map((letter) => `ctrl-${letter}`),
];
/** Letters that do something somewhere, and some that do not. */
const PRINTED = [...'123456srbulPAgeadpvhcDRSofxtknyjGq?:/ {}"=中😀é'];
const PASTED = [
  "hello there",
  "第一行 第二行",
  "👩‍👩‍👧 and 🇩🇪",
  "e\u0301\u200b",
  "x".repeat(200),
  '{"a": [1, 2]}',
  "key=value",
];

const key: fc.Arbitrary<Key> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NAMED).map((name) => ({ name, prints: false })) },
  // What leads on goes more often.
  { weight: 6, arbitrary: fc.constantFrom("enter", "enter", "y", "down").map(keyNamed) },
  { weight: 8, arbitrary: fc.constantFrom(...PRINTED).map(keyNamed) },
  { weight: 1, arbitrary: fc.constantFrom(...PASTED).map((name) => ({ name, prints: true })) },
);
const size: fc.Arbitrary<Size> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      columns: fc.integer({ min: 40, max: 200 }),
      rows: fc.integer({ min: 10, max: 60 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ columns: fc.nat(45), rows: fc.nat(12) }) },
);

/** What happens next. A seed names an engine or an answer; `which` one of those that are waited for. */
export type Happening =
  | { readonly kind: "key"; readonly key: Key }
  | { readonly kind: "size"; readonly size: Size }
  | { readonly kind: "news"; readonly seed: number }
  | { readonly kind: "answer"; readonly which: number; readonly seed: number };

const seed = fc.nat(2 ** 20);

export const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 12, arbitrary: key.map((key) => ({ kind: "key" as const, key })) },
  { weight: 1, arbitrary: size.map((size) => ({ kind: "size" as const, size })) },
  { weight: 1, arbitrary: seed.map((seed) => ({ kind: "news" as const, seed })) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("answer" as const), which: fc.nat(), seed }) },
);

type Waiting = Extract<OuterEffect, { kind: "request" | "task" }>;

/** Of a wav whose sizes nobody knows yet, its header and a little sound. */
const WAV = new Uint8Array(44 + 4_800);

export class Monkey {
  readonly shell: Shell;
  #engine: EngineState = nothingKnown("http://127.0.0.1:7851", Date.now());
  #size: Size = { columns: 80, rows: 24 };
  #waiting: readonly Waiting[] = [];
  /** How often something happened of which a dialog may come. */
  #count = 0;

  constructor(isAscii: boolean) {
    const monkey = this;
    this.shell = new Shell({
      engine: () => this.#engine,
      screen: {
        glyphs: glyphsFor(isAscii ? {} : { LANG: "C.UTF-8" }),
        get size() {
          return monkey.#size;
        },
      },
      readOnly: false,
      quit() {},
    });
  }

  /** @throws Error naming the law that was broken */
  async happen(happening: Happening): Promise<void> {
    this.#count++;
    switch (happening.kind) {
      case "key":
        this.#press(happening.key);
        break;
      case "size":
        this.#size = happening.size;
        break;
      case "news":
        this.#engine = after(this.#engine, newsOf(happening.seed));
        this.#take(this.shell.heard(), false);
        break;
      case "answer":
        await this.#answer(happening.which, happening.seed);
        break;
    }
    this.look();
  }

  /** Looks at the screen. @throws Error if there is not a line for each row, or one is wider than the screen */
  look(): void {
    const { columns, rows } = this.#size;
    const { scene } = this.shell;
    const { glyphs, dialog } = scene;
    const lines = frameLines(scene);
    const fitted = lines.map((line) => fitLine(line, columns));
    if (columns < 40 || rows < 10) return;
    if (lines.length !== rows) throw new Error(`The screen has ${lines.length} lines, not ${rows}`);
    for (const line of fitted) {
      const text = textOf(line);
      if (lineCells(line) !== columns) throw new Error(`${lineCells(line)} cells, not ${columns}: ${text}`);
      if (/\p{Cc}/u.test(text)) throw new Error(`It would move the cursor: ${JSON.stringify(text)}`);
      const spelt = glyphs.spell(text);
      if (lineCells([spelt]) !== columns) throw new Error(`It is spelt in another width: ${text}`);
    }
    const shown = fitted.map(textOf).join("\n");
    if (
      dialog?.dialog.kind === "question" &&
      !(shown.includes(" Cancel ") || shown.includes(`${glyphs.cursor}Cancel `))
    )
      throw new Error(`The answers are out of sight:\n${shown}`);
    if (
      dialog?.dialog.kind === "entry" &&
      !fitted.some((line) => line.some(({ tone }) => tone === "selected"))
    )
      throw new Error(`The field is out of sight:\n${shown}`);
  }

  /** Goes back by Escape alone. @throws Error if something stays open */
  escape(): void {
    const isOpen = () => {
      const { dialog, prompt, isTyping } = this.shell.scene;
      return dialog !== undefined || prompt !== undefined || isTyping;
    };
    // A dialog for each thing that has happened at most, and its filter.
    for (let left = 2 * this.#count + 4; isOpen(); left--) {
      if (left === 0) throw new Error("Escape does not close what is open");
      this.#press({ name: "escape", prints: false });
    }
  }

  #press(key: Key): void {
    const open = this.shell.scene.dialog;
    // No file may be created where the test runs.
    if (open?.dialog.title === "Save as" && key.prints && /[/~.]/.test(key.name)) return;
    const isYes = open?.dialog.kind === "question" && open.yes && key.name === "enter";
    // To name a snapshot is to ask for it.
    const isNamed = open?.dialog.title === "Take a snapshot" && key.name === "enter";
    this.#take(this.shell.key(key), isYes || isNamed);
  }

  #take(effects: readonly OuterEffect[], isAnswered: boolean): void {
    for (const effect of effects) {
      if (effect.kind === "request") {
        const { request, label } = effect;
        if (!request.harmless && !isAnswered) throw new Error(`Nobody was asked before ${label}`);
      }
      if (effect.kind === "request" || effect.kind === "task") this.#waiting = [...this.#waiting, effect];
      if (effect.kind === "older-swaps") this.#engine = withOlderSwaps(this.#engine, OLDER);
    }
  }

  async #answer(which: number, seed: number): Promise<void> {
    const effect = this.#waiting[which % this.#waiting.length];
    if (!effect) return;
    this.#waiting = this.#waiting.filter((one) => one !== effect);
    if (effect.kind === "request") {
      const outcome = outcomeFor(effect.request, seed);
      return this.#take(this.shell.happen(effect.then(outcome)), false);
    }
    const client = { stream: async () => spoken(seed) } as unknown as EngineClient;
    await effect.run(
      client,
      (job) => this.#take(this.shell.happen(job), false),
      new AbortController().signal,
    );
  }
}

const OLDER: SwapList = { swaps: [] };

/** @returns speech, or why there is none */
function spoken(seed: number) {
  if (seed % 3 === 0)
    return { ok: false, error: { code: "queue-full", message: "Too many wait", details: [] } } as const;
  const headers = { "X-Syrinx-Voice": "slt", "X-Syrinx-Release": "piper@1.0.0", "X-Syrinx-Generation": "2" };
  const body = seed % 3 === 1 ? WAV : new Uint8Array(0);
  return { ok: true, value: new Response(body, { headers: seed % 2 === 0 ? headers : {} }) } as const;
}
