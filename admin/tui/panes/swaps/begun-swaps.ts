/**
 * Swaps that a pane began: the question before, the request, and how they ended.
 *
 * @module
 */
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";
import { isGoodEnd, outcomeText, type Request, swapText } from "../../../client/mod.ts";
import type { Line } from "../../screen/mod.ts";
import { errorDialog } from "../engine-error.ts";
import { ask, type Change, type Effect, type Step, type View } from "../pane.ts";

/** Part of the state of a pane that swaps slots. */
export interface BegunSwaps {
  /** Ids of swaps that began here and whose end was not shown yet. */
  readonly begun: readonly string[];
}

/** The question before a swap. */
export interface SwapQuestion<S> {
  readonly slot: string;
  /** The action in a word or two, e.g. "reload". */
  readonly what: string;
  readonly title: string;
  readonly body: readonly Line[];
  /** The answer that begins it, e.g. Reload. */
  readonly yes: string;
  /** The command that does the same. */
  readonly command: string;
  readonly request: Request<SwapRecord>;
  /** Changes the state of the pane once the swap has begun. */
  readonly follow?: Follow<S>;
}

/** @returns the state of a pane that follows a swap, e.g. with its cursor on it */
export type Follow<S> = (state: S, swap: SwapRecord) => S;

/** @returns the question whether to begin a swap; {@linkcode told} shows its end */
export function askToBegin<S extends BegunSwaps>(question: SwapQuestion<S>): Effect<Change<S>> {
  const { title, body, yes, command } = question;
  const then: Change<S> = (state) => ({ state, effects: [begin(question)] });
  return { kind: "dialog", dialog: { kind: "question", title, body, yes, command, then } };
}

/** @returns notices of the swaps that began here and are over now; undefined: there are none */
export function told<S extends BegunSwaps>(state: S, { engine }: View): Step<S> | undefined {
  const swaps = engine.known.swaps?.value.swaps ?? [];
  const over = swaps.filter(({ id, endedAt }) => endedAt !== undefined && state.begun.includes(id));
  if (over.length === 0) return undefined;
  const slots = engine.known.slots?.value.slots ?? [];
  const effects = over.toReversed().map((swap): Effect<Change<S>> => {
    const slot = slots.find((one) => one.slot === swap.slot);
    const text = `${swap.slot}: ${outcomeText(swap, slot)}`;
    return { kind: "notice", tone: isGoodEnd(swap) ? "good" : "bad", text };
  });
  return {
    state: { ...state, begun: state.begun.filter((id) => !over.some((swap) => swap.id === id)) },
    effects,
  };
}

function begin<S extends BegunSwaps>({ slot, what, request, follow }: SwapQuestion<S>): Effect<Change<S>> {
  return ask(`${slot}: asking for the ${what}`, request, (outcome) => (state, view) => {
    if (!outcome.ok) return { state, effects: [errorDialog(`${slot}: no ${what}`, outcome.error)] };
    const swap = outcome.value;
    const begun = [...state.begun.filter((one) => one !== swap.id), swap.id];
    const following: S = { ...(follow?.(state, swap) ?? state), begun };
    // It may be over already.
    const over = told(following, view);
    if (over) return over;
    const text = `${slot}: the ${swapText(swap)} is under way`;
    return { state: following, effects: [{ kind: "notice", tone: "plain", text }] };
  });
}
