/**
 * What a pane is: a state, what keys do to it, and how it looks. A pane neither waits nor sends. It returns the effects to
 * perform.
 *
 * @module
 */
import type { EngineClient, Outcome, Request } from "../../client/mod.ts";
import { type Dialog, mapDialog } from "../dialogs/mod.ts";
import type { Glyphs, Key, Line, Size, Tone } from "../screen/mod.ts";
import type { EngineState, Resource } from "../state/mod.ts";

export const PANE_NAMES = ["slots", "memory", "history", "config", "speak", "events"] as const;
export type PaneName = (typeof PANE_NAMES)[number];

/** All that a pane sees beside its own state. */
export interface View {
  readonly engine: EngineState;
  /** Of the pane itself: without header and footer. */
  readonly size: Size;
  readonly glyphs: Glyphs;
  /** In ms since 1970. */
  readonly now: number;
  /** What was typed after `/`; empty: all is shown. */
  readonly filter: string;
}

/** A key that works here, for the footer and the help. */
export interface Hint {
  readonly key: string;
  /** A word or two. */
  readonly what: string;
  /** A sentence, for the help. */
  readonly help: string;
}

export interface Pane<S> {
  readonly name: PaneName;
  readonly initial: S;
  /** What of the engine it shows. */
  readonly needs: readonly Resource[];
  /** Whether the user types into it now, so that it gets every key but Escape and those with Control. */
  isTyping?(state: S): boolean;
  /** @returns undefined if the key does nothing here */
  key(state: S, key: Key, view: View): Step<S> | undefined;
  /** Called when something has happened in the engine, also while another pane is shown. @returns undefined: nothing to do */
  heard?(state: S, view: View): Step<S> | undefined;
  /** @returns at most `view.size.rows` lines; what is too wide is cut */
  draw(state: S, view: View): readonly Line[];
  hints(state: S, view: View): readonly Hint[];
}

/** A pane's next state, and the effects to perform. */
export interface Step<S> {
  readonly state: S;
  readonly effects?: readonly Effect<Change<S>>[];
}

/** A later change of a pane, e.g. when an answer has come. It starts from the state of that time. */
export type Change<S> = (state: S, view: View) => Step<S>;

/** Something to do. C is the change of the pane that follows. */
export type Effect<C> =
  | RequestEffect<C>
  | TaskEffect<C>
  /** Ends the task of that name, if it runs. */
  | { readonly kind: "stop"; readonly task: string }
  | { readonly kind: "dialog"; readonly dialog: Dialog<C> }
  /** Says what happened, in the line above the footer. */
  | { readonly kind: "notice"; readonly tone: Tone; readonly text: string }
  /** Asks the engine again. */
  | { readonly kind: "refresh"; readonly resources: readonly Resource[] }
  /** Adds a page of swaps to those that are known. */
  | { readonly kind: "older-swaps"; readonly before: string }
  | { readonly kind: "show"; readonly pane: PaneName };

/** Made with {@linkcode ask}. */
export interface RequestEffect<C> {
  readonly kind: "request";
  /** Shown while it takes, e.g. "planning the swap". */
  readonly label: string;
  readonly request: Request<unknown>;
  then(outcome: Outcome<unknown>): C;
}

/** Something that takes longer and reports its progress. */
export interface TaskEffect<C> {
  readonly kind: "task";
  /** Names the task, so that it can be stopped. A new task of the same name ends the old one. */
  readonly name: string;
  /**
   * Never throws: it reports failures by `tell`.
   *
   * @param signal ends it: it was stopped, or the screen closes
   */
  run(client: EngineClient, tell: (change: C) => void, signal: AbortSignal): Promise<void>;
}

/** @returns the effect that sends a request and then changes the pane */
export function ask<S, T>(
  label: string,
  request: Request<T>,
  then: (outcome: Outcome<T>) => Change<S>,
): Effect<Change<S>> {
  // A request carries the type of its answer. The program that sends it does not need the type.
  return { kind: "request", label, request, then: (outcome) => then(outcome as Outcome<T>) };
}

/** @returns the effect with another kind of change that follows */
export function mapEffect<C, D>(effect: Effect<C>, map: (change: C) => D): Effect<D> {
  switch (effect.kind) {
    case "request":
      return { ...effect, then: (outcome) => map(effect.then(outcome)) };
    case "task":
      return {
        ...effect,
        run: (client, tell, signal) => effect.run(client, (change) => tell(map(change)), signal),
      };
    case "dialog":
      return { ...effect, dialog: mapDialog(effect.dialog, map) };
    default:
      return effect;
  }
}
