/**
 * What is on the screen besides the engine's state: which pane is shown, the filter, what is open over it, and the last
 * was said last. It brings keys to where they belong; what is then to be done for a pane it hands back.
 *
 * @module
 */
import { answered, type Dialog, type OpenDialog, opened } from "./dialogs/mod.ts";
import { atLeast, type Notice, type Prompt, paneSize, type Scene } from "./frame.ts";
import { helpDialog } from "./help.ts";
import {
  type Job,
  openPanes,
  PANE_NAMES,
  type PaneEffect,
  type PaneName,
  type RunningPane,
  type View,
} from "./panes/mod.ts";
import { fieldOf, type Glyphs, type Key, type Size, typed } from "./screen/mod.ts";
import type { EngineState } from "./state/mod.ts";

/** A notice disappears after this time, in ms. */
const NOTICE_MS = 12_000;

export interface Surroundings {
  /** What is known of the engine now. */
  engine(): EngineState;
  readonly screen: { readonly size: Size; readonly glyphs: Glyphs };
  readonly readOnly: boolean;
  /** The user wants to leave. */
  quit(): void;
}

/** Effects that the program performs, not the shell. */
export type OuterEffect = Exclude<PaneEffect, { kind: "dialog" | "notice" | "show" }>;

export class Shell {
  readonly #panes: ReadonlyMap<PaneName, RunningPane> = openPanes();
  readonly #filters = new Map<PaneName, string>();
  #name: PaneName = "slots";
  #dialogs: readonly OpenDialog<Job>[] = [];
  /** A dialog that came while the user was typing or another one was open: a key that is meant for that must not answer it. */
  #late: readonly Dialog<Job>[] = [];
  #prompt: Prompt | undefined;
  #notice: (Notice & { until: number }) | undefined;

  constructor(private readonly around: Surroundings) {}

  /** The pane that is shown. */
  get pane(): RunningPane {
    return this.#paneOf(this.#name);
  }

  /** All that is on the screen now. */
  get scene(): Scene {
    const { pane } = this;
    const view = this.#viewOf(pane);
    return {
      size: this.around.screen.size,
      glyphs: view.glyphs,
      now: view.now,
      engine: view.engine,
      readOnly: this.around.readOnly,
      pane: pane.name,
      body: pane.draw(view),
      hints: pane.hints(view),
      isTyping: pane.isTyping,
      notice: this.#waiting ?? this.#notice,
      prompt: this.#prompt,
      filter: view.filter,
      dialog: this.#dialogs.at(-1),
    };
  }

  /** Handles a key. @returns the effects to perform */
  key(key: Key): OuterEffect[] {
    const effects = this.#keyed(key);
    this.#openLate();
    return effects;
  }

  #keyed(key: Key): OuterEffect[] {
    const { pane } = this;
    if (this.#dialogs.length > 0) return this.#dialogKey(key);
    if (this.#prompt) return this.#promptKey(this.#prompt, key);
    if (pane.isTyping && key.prints) return this.#paneKey(key) ?? this.#anywhereKey(key) ?? [];
    return this.#anywhereKey(key) ?? this.#paneKey(key) ?? [];
  }

  /** Tells every pane that something has happened in the engine. @returns the effects to perform */
  heard(): OuterEffect[] {
    return [...this.#panes.values()].flatMap((pane) => this.#settle(pane.heard(this.#viewOf(pane)), true));
  }

  /** Changes a pane, e.g. when an answer has come. @returns the effects to perform */
  happen(job: Job): OuterEffect[] {
    return this.#settle(this.#applied(job), true);
  }

  /** Performs the shell's own effects. @param isLate whether no key requested them just now @returns the other effects */
  #settle(effects: readonly PaneEffect[], isLate = false): OuterEffect[] {
    return effects.flatMap((effect) => {
      if (effect.kind === "dialog") {
        if (isLate && this.#isBusy) this.#late = [...this.#late, effect.dialog];
        else this.#open(effect.dialog);
      } else if (effect.kind === "notice") this.say(effect);
      else if (effect.kind === "show") this.#name = effect.pane;
      else return [effect];
      return [];
    });
  }

  /** Says something in the line above the footer. */
  say({ tone, text }: Notice): void {
    this.#notice = { tone, text, until: Date.now() + NOTICE_MS };
  }

  /** Removes a notice, if it is still the last one. */
  unsay(text: string): void {
    if (this.#notice?.text === text) this.#notice = undefined;
  }

  /** Removes a notice that is old. */
  expire(now: number): void {
    if (this.#notice && now > this.#notice.until) this.#notice = undefined;
  }

  /** Whether keys go to something that is open, or into a text. */
  get #isBusy(): boolean {
    return this.#dialogs.length > 0 || this.#prompt !== undefined || this.pane.isTyping;
  }

  get #waiting(): Notice | undefined {
    const [next] = this.#late;
    return next && { tone: "warn", text: `Press Esc for: ${next.title}` };
  }

  #openLate(): void {
    const [next, ...rest] = this.#late;
    if (!next || this.#isBusy) return;
    this.#late = rest;
    this.#open(next);
  }

  #applied(job: Job): readonly PaneEffect[] {
    return job.apply(this.#viewOf(this.#paneOf(job.pane)));
  }

  #paneOf(name: PaneName): RunningPane {
    const pane = this.#panes.get(name);
    if (!pane) throw new Error(`There is no pane ${name}`);
    return pane;
  }

  #viewOf({ name }: RunningPane): View {
    const { screen, engine } = this.around;
    const filter = this.#filters.get(name) ?? "";
    const size = paneSize(this.#room.size);
    return { engine: engine(), size, glyphs: screen.glyphs, now: Date.now(), filter };
  }

  /** A size that everything can be laid out for. A screen that is smaller shows nothing, but keys still work. */
  get #room(): { size: Size; glyphs: Glyphs } {
    const { size, glyphs } = this.around.screen;
    return { size: atLeast(size), glyphs };
  }

  #dialogKey(key: Key): OuterEffect[] {
    const last = this.#dialogs.at(-1);
    if (!last) return [];
    const answer = answered(last, key, this.#room);
    this.#dialogs = [...this.#dialogs.slice(0, -1), ...(answer.open ? [answer.open] : [])];
    return !answer.open && answer.change ? this.#settle(this.#applied(answer.change)) : [];
  }

  #promptKey({ sign, field }: Prompt, key: Key): OuterEffect[] {
    if (key.name === "escape" || key.name === "ctrl-c") {
      this.#prompt = undefined;
      if (sign === "/") this.#filters.delete(this.#name);
    } else if (key.name === "enter") {
      this.#prompt = undefined;
      if (sign === ":") this.#command(field.text.trim().toLowerCase());
    } else {
      const next = typed(field, key) ?? field;
      this.#prompt = { sign, field: next };
      if (sign === "/") this.#filters.set(this.#name, next.text);
    }
    return [];
  }

  #command(text: string): void {
    if (text === "") return;
    if (["q", "quit", "exit"].includes(text)) return this.around.quit();
    if (text === "help") return this.#help();
    const found = PANE_NAMES.filter((name) => name.startsWith(text));
    if (found[0] && found.length === 1) this.#name = found[0];
    else this.say({ tone: "bad", text: `No pane is called ${text}: ${PANE_NAMES.join(", ")}, help or quit` });
  }

  /** @returns undefined if the key does not work everywhere */
  #anywhereKey({ name }: Key): OuterEffect[] | undefined {
    const number = Number(name);
    const pane = Number.isInteger(number) ? PANE_NAMES[number - 1] : undefined;
    if (name === "ctrl-c" || name === "q") this.around.quit();
    else if (pane) this.#name = pane;
    else if (name === "tab") this.#goBy(1);
    else if (name === "shift-tab") this.#goBy(-1);
    else if (name === "?") this.#help();
    else if (name === ":") this.#prompt = { sign: ":", field: fieldOf() };
    else if (name === "/") this.#prompt = { sign: "/", field: fieldOf(this.#filters.get(this.#name)) };
    else return undefined;
    return [];
  }

  #goBy(step: number): void {
    this.#name = PANE_NAMES.at((PANE_NAMES.indexOf(this.#name) + step) % PANE_NAMES.length) ?? this.#name;
  }

  #paneKey(key: Key): OuterEffect[] | undefined {
    const effects = this.pane.key(key, this.#viewOf(this.pane));
    if (effects) return this.#settle(effects);
    if (key.name === "escape") {
      this.#filters.delete(this.#name);
      this.#notice = undefined;
    }
    return undefined;
  }

  #help(): void {
    this.#open(helpDialog(this.pane.hints(this.#viewOf(this.pane)), this.#name));
  }

  #open(dialog: Dialog<Job>): void {
    this.#dialogs = [...this.#dialogs, opened(dialog)];
  }
}
