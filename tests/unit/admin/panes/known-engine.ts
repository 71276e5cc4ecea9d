/**
 * What a pane sees, made up by a test.
 *
 * @module
 */
import type { Step, View } from "../../../../admin/panes/pane.ts";
import { glyphsFor, keyNamed, type Line, textOf } from "../../../../admin/screen/mod.ts";
import { type EngineState, nothingKnown, type Resources } from "../../../../admin/state/mod.ts";

/** 2026-01-02 03:04:05, where the test runs. */
export const NOW = new Date(2026, 0, 2, 3, 4, 5).getTime();

/** @returns an engine of which that is known */
export function engineWith(known: Partial<Resources>, more: Partial<EngineState> = {}): EngineState {
  const entries = Object.entries(known).map(([resource, value]) => [resource, { value, at: NOW }]);
  return { ...nothingKnown("http://engine", NOW), known: Object.fromEntries(entries), ...more };
}

export function viewOf(engine: EngineState, more: Partial<View> = {}): View {
  return {
    engine,
    size: { columns: 80, rows: 20 },
    glyphs: glyphsFor({ LANG: "C.UTF-8" }),
    now: NOW,
    filter: "",
    ...more,
  };
}

/** @returns the text of lines, without the spaces that they end with */
export function texts(lines: readonly Line[]): string[] {
  return lines.map((line) => textOf(line).trimEnd());
}

/** Presses keys one after the other. @returns the last step @throws Error if the pane does not know one */
export function pressed<S>(
  pane: {
    readonly initial: S;
    key(state: S, key: ReturnType<typeof keyNamed>, view: View): Step<S> | undefined;
  },
  view: View,
  ...keys: readonly string[]
): Step<S> {
  return keys.reduce<Step<S>>(
    ({ state }, name) => {
      const step = pane.key(state, keyNamed(name), view);
      if (!step) throw new Error(`The pane does not know the key ${name}`);
      return step;
    },
    { state: pane.initial },
  );
}
