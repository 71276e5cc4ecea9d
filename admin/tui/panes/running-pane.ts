import type { Key, Line } from "../screen/mod.ts";
import type { Resource } from "../state/mod.ts";
import type { Hint, Pane, PaneName, Step, View } from "./pane.ts";
import { type Change, type Effect, mapEffect } from "./pane.ts";

/** An effect of a pane. A Job is the change of the pane that follows. */
export type PaneEffect = Effect<Job>;
/** A change of the pane that requested it. */
export interface Job {
  readonly pane: PaneName;
  /** @returns the effects to perform */
  apply(view: View): readonly PaneEffect[];
}

/** A pane with its private state. */
export interface RunningPane {
  readonly name: PaneName;
  readonly needs: readonly Resource[];
  readonly isTyping: boolean;
  /** @returns the effects to perform; undefined if the key does nothing here */
  key(key: Key, view: View): readonly PaneEffect[] | undefined;
  /** @returns the effects to perform after something has happened in the engine */
  heard(view: View): readonly PaneEffect[];
  draw(view: View): readonly Line[];
  hints(view: View): readonly Hint[];
}

export function running<S>(pane: Pane<S>): RunningPane {
  let state = pane.initial;
  const take = (step: Step<S>): readonly PaneEffect[] => {
    ({ state } = step);
    return (step.effects ?? []).map((effect) => mapEffect(effect, job));
  };
  const job = (change: Change<S>): Job => ({
    pane: pane.name,
    apply: (view) => take(change(state, view)),
  });
  return {
    name: pane.name,
    needs: pane.needs,
    get isTyping() {
      return pane.isTyping?.(state) ?? false;
    },
    key(key, view) {
      const step = pane.key(state, key, view);
      return step && take(step);
    },
    heard(view) {
      const step = pane.heard?.(state, view);
      return step ? take(step) : [];
    },
    draw: (view) => pane.draw(state, view),
    hints: (view) => pane.hints(state, view),
  };
}
