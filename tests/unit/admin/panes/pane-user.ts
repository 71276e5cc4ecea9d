/**
 * A pane without a terminal and without an engine: keys in, lines and effects out.
 *
 * @module
 */
import type { Outcome } from "../../../../admin/client/mod.ts";
import type { Change, Effect, Pane, View } from "../../../../admin/panes/pane.ts";
import { glyphsFor, keyNamed, type Size, textOf } from "../../../../admin/screen/mod.ts";
import {
  type EngineState,
  nothingKnown,
  type Resource,
  type Resources,
  withAnswer,
} from "../../../../admin/state/mod.ts";

/** In ms since 1970. */
export const NOW = Date.parse("2026-01-01T12:00:00.000Z");

/** @returns an engine that answers, of which this is known */
export function engineKnowing(known: { readonly [R in Resource]?: Partial<Resources[R]> } = {}): EngineState {
  const connected = {
    ...nothingKnown("http://engine", NOW),
    connection: { state: "connected", since: NOW } as const,
  };
  return Object.entries(known).reduce<EngineState>(
    (state, [resource, value]) =>
      withAnswer(state, resource as Resource, { ok: true, value } as Outcome<Resources[Resource]>, NOW),
    connected,
  );
}

/** A pane with its state, which keys and what is told later change. */
export class PaneUnderTest<S> {
  /** What was to be done, the last key's. */
  effects: readonly Effect<Change<S>>[] = [];
  state: S;

  constructor(
    private readonly pane: Pane<S>,
    public engine: EngineState = engineKnowing(),
    public size: Size = { columns: 100, rows: 20 },
    public filter = "",
  ) {
    this.state = pane.initial;
  }

  get view(): View {
    return {
      engine: this.engine,
      size: this.size,
      glyphs: glyphsFor({ LANG: "C.UTF-8" }),
      now: NOW,
      filter: this.filter,
    };
  }

  get lines(): string[] {
    return this.pane.draw(this.state, this.view).map(textOf);
  }

  get text(): string {
    return this.lines.join("\n");
  }

  get hints(): string {
    return this.pane
      .hints(this.state, this.view)
      .map(({ key, what }) => `${key} ${what}`)
      .join("  ");
  }

  /** Presses keys: by their names, or characters that are typed. */
  press(...keys: readonly string[]): this {
    for (const key of keys) {
      const step = this.pane.key(this.state, keyNamed(key), this.view);
      this.effects = step?.effects ?? [];
      if (step) this.state = step.state;
    }
    return this;
  }

  /** Types a text, a character at a time. */
  type(text: string): this {
    return this.press(...text);
  }

  /** Lets what was told later happen. */
  happen(change: Change<S>): this {
    const step = change(this.state, this.view);
    this.state = step.state;
    this.effects = step.effects ?? [];
    return this;
  }

  /** @returns the effect of that kind that the last key had. @throws Error if there was none */
  effect<K extends Effect<Change<S>>["kind"]>(kind: K): Extract<Effect<Change<S>>, { kind: K }> {
    const found = this.effects.find((one) => one.kind === kind);
    if (!found) throw new Error(`There is no ${kind} among ${JSON.stringify(this.effects)}`);
    return found as Extract<Effect<Change<S>>, { kind: K }>;
  }
}
