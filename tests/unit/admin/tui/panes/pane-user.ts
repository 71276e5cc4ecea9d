/**
 * Somebody at a pane, without a terminal and without an engine: keys in, lines and effects out.
 *
 * @module
 */
import type { EngineError, Outcome, Request } from "../../../../../admin/client/mod.ts";
import type { Dialog } from "../../../../../admin/tui/dialogs/mod.ts";
import type { Change, Effect, Pane, Step, View } from "../../../../../admin/tui/panes/pane.ts";
import { glyphsFor, keyNamed, type Line, type Size, textOf } from "../../../../../admin/tui/screen/mod.ts";
import { type EngineState, withEvents } from "../../../../../admin/tui/state/mod.ts";
import type { EngineEvent } from "../../../../../schemas/generated/event.ts";
import { engineKnowing, NOW } from "./known-engine.ts";

export interface Looks {
  /** Of the pane; 80 if nothing is said. */
  columns?: number;
  /** Of the pane; 20 if nothing is said. */
  rows?: number;
  ascii?: boolean;
  filter?: string;
}

type EffectOf<S, K extends Effect<Change<S>>["kind"]> = Extract<Effect<Change<S>>, { kind: K }>;
type DialogKind = Dialog<unknown>["kind"];

/** Presses keys, answers dialogs, and answers for the engine; what is to be done then is in `effects`. */
export class PaneUser<S> {
  state: S;
  /** What was to be done, the newest. */
  effects: readonly Effect<Change<S>>[] = [];
  /** Whether the last key was none of the pane's. */
  isUnknown = false;
  size: Size;
  filter: string;
  now = NOW;
  readonly #pane: Pane<S>;
  readonly #glyphs: View["glyphs"];

  constructor(
    pane: Pane<S>,
    public engine: EngineState = engineKnowing(),
    { columns = 80, rows = 20, ascii = false, filter = "" }: Looks = {},
  ) {
    this.#pane = pane;
    this.state = pane.initial;
    this.size = { columns, rows };
    this.filter = filter;
    this.#glyphs = glyphsFor(ascii ? {} : { LANG: "C.UTF-8" });
  }

  get view(): View {
    const { engine, size, now, filter } = this;
    return { engine, size, glyphs: this.#glyphs, now, filter };
  }

  get drawn(): readonly Line[] {
    return this.#pane.draw(this.state, this.view);
  }

  get lines(): string[] {
    return texts(this.drawn);
  }

  get text(): string {
    return this.lines.join("\n");
  }

  /** The line that the cursor is on; empty: there is none. */
  get chosen(): string {
    return this.lines.find((line) => line.startsWith(this.#glyphs.cursor)) ?? "";
  }

  /** The keys of the footer, each with its word. */
  get hints(): string[] {
    return this.#pane.hints(this.state, this.view).map(({ key, what }) => `${key} ${what}`);
  }

  /** Presses keys: by their names, or characters that are typed. */
  press(...keys: readonly string[]): this {
    for (const key of keys) {
      const step = this.#pane.key(this.state, keyNamed(key), this.view);
      this.isUnknown = step === undefined;
      this.#take(step ?? { state: this.state });
    }
    return this;
  }

  /** Types a text, a character at a time. */
  type(text: string): this {
    return this.press(...text);
  }

  /** Moves the cursor down to a line with that text. @throws Error if none has it */
  on(text: string): this {
    this.press("home");
    for (let steps = 0; steps < 100; steps++) {
      if (this.chosen.includes(text)) return this;
      this.press("down");
    }
    throw new Error(`No line has ${text}:\n${this.text}`);
  }

  /** The engine tells of what has happened; effects that were stay if that is none of the pane's. */
  hear(...events: readonly EngineEvent[]): this {
    this.engine = withEvents(this.engine, events);
    const step = this.#pane.heard?.(this.state, this.view);
    return step ? this.#take(step) : this;
  }

  /** Lets what was told later happen. */
  happen(change: Change<S>): this {
    return this.#take(change(this.state, this.view));
  }

  /** Answers for the engine what was requested. */
  answer(value: unknown): this {
    return this.#outcome({ ok: true, value });
  }

  refuse(error: Omit<EngineError, "details"> & Partial<EngineError>): this {
    return this.#outcome({ ok: false, error: { details: [], ...error } });
  }

  /** Takes the answer of the question that is no Cancel. */
  yes(): this {
    return this.happen(this.dialog("question").then);
  }

  /** Takes one of a list. @throws Error if there is none of that label */
  choose(label: string): this {
    const choice = this.dialog("choice");
    const index = choice.items.findIndex((item) => item.label === label);
    if (index < 0) throw new Error(`Nothing is called ${label}: ${JSON.stringify(choice.items)}`);
    return this.happen(choice.choose(index));
  }

  /** Gives the field that is open a text. */
  enter(text: string): this {
    return this.happen(this.dialog("entry").enter(text));
  }

  /** @returns the effect of that kind @throws Error if there is none */
  effect<K extends Effect<Change<S>>["kind"]>(kind: K): EffectOf<S, K> {
    const found = this.effects.find((one): one is EffectOf<S, K> => one.kind === kind);
    if (!found) throw new Error(`There is no ${kind} among ${JSON.stringify(this.effects)}`);
    return found;
  }

  get request(): Request<unknown> {
    return this.effect("request").request;
  }

  /** What the line above the footer says; undefined: nothing new. */
  get notice(): string | undefined {
    return this.effects.find((one) => one.kind === "notice")?.text;
  }

  /** @returns the dialog that is open @throws Error if there is none, or one of another kind */
  dialog<K extends DialogKind = DialogKind>(kind?: K): Extract<Dialog<Change<S>>, { kind: K }> {
    const { dialog } = this.effect("dialog");
    if (kind !== undefined && dialog.kind !== kind) throw new Error(`It is no ${kind} but a ${dialog.kind}`);
    return dialog as Extract<Dialog<Change<S>>, { kind: K }>;
  }

  /** What the dialog says, a line each, with nothing around it. */
  get said(): string {
    const dialog = this.dialog();
    return "body" in dialog ? dialog.body.map(textOf).join("\n") : "";
  }

  #outcome(outcome: Outcome<unknown>): this {
    return this.happen(this.effect("request").then(outcome));
  }

  #take({ state, effects = [] }: Step<S>): this {
    this.state = state;
    this.effects = effects;
    return this;
  }
}

/** @returns the text of lines, without the spaces that they end with */
export function texts(lines: readonly Line[]): string[] {
  return lines.map((line) => textOf(line).trimEnd());
}
