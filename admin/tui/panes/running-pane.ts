import type { Hint, Pane, PaneName, Step, View } from "./pane.ts";
import { type Change, type Effect, mapEffect } from "./pane.ts";
import type { Key, Line } from "../screen/mod.ts";
import type { Resource } from "../state/mod.ts";

/** What is to be done for a pane; what then happens to it is a Job's to call. */
export type PaneEffect = Effect<Job>;
/** A change of the pane that it came from. */
export interface Job {
  readonly pane: PaneName;
  /** @returns what is to be done then */
  apply(view: View): readonly PaneEffect[];
}

/** A pane with its state, which nobody else sees. */
export interface RunningPane {
  readonly name: PaneName;
  readonly needs: readonly Resource[];
  readonly isTyping: boolean;
  /** @returns what is to be done; undefined if the key is none of this pane's */
  key(key: Key, view: View): readonly PaneEffect[] | undefined;
  /** @returns what is to be done as something has happened in the engine */
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
