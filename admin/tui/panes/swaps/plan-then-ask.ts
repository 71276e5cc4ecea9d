/**
 * Plans a swap, shows the plan and asks. A swap that the engine would refuse is shown without a question.
 *
 * @module
 */
import type { SlotView, SwapPlan, SwapRequest } from "../../../../schemas/generated/api.ts";
import { isRefused, planSwap, startAction, startSwap } from "../../../client/mod.ts";
import { dialogColumns } from "../../dialogs/mod.ts";
import type { Line } from "../../screen/mod.ts";
import { errorDialog } from "../engine-error.ts";
import { ask, type Change, type Effect, type View } from "../pane.ts";
import { askToBegin, type BegunSwaps, type SwapQuestion } from "./begun-swaps.ts";
import { planLines } from "./plan-lines.ts";

/** A swap that the user wants, and how it is shown. */
export interface WantedSwap<S> extends Pick<SwapQuestion<S>, "slot" | "what" | "title" | "yes" | "follow"> {
  readonly change: SwapRequest;
  /** What there is to say beside the plan. */
  readonly also?: readonly Line[];
  /** @returns the command that does the same */
  command(plan: SwapPlan): string;
}

/** @returns the effect that plans the swap, asks, and begins it */
export function planThenAsk<S extends BegunSwaps>(wanted: WantedSwap<S>): Effect<Change<S>> {
  const { slot, what, change } = wanted;
  return ask(`${slot}: planning the ${what}`, planSwap(slot, change), (outcome) => (state, view) => ({
    state,
    effects: [
      outcome.ok
        ? planDialog(wanted, outcome.value, view)
        : errorDialog(`${slot}: no ${what}`, outcome.error),
    ],
  }));
}

function planDialog<S extends BegunSwaps>(
  wanted: WantedSwap<S>,
  plan: SwapPlan,
  view: View,
): Effect<Change<S>> {
  const { slot, change, also = [] } = wanted;
  const lines = planLines(plan, dialogColumns(view.size), view.glyphs);
  const command = wanted.command(plan);
  if (isRefused(plan)) return refusal(`${slot} would not be swapped`, lines, `${command} --dry-run`);
  const body = [...lines, ...(also.length > 0 ? [[], ...also] : [])];
  if (plan.verdict === "unchanged")
    return reloadQuestion(wanted, `${slot} runs this already`, [["A reload starts it again:"], [], ...body]);
  return askToBegin({ ...wanted, body, command, request: startSwap(slot, change) });
}

/** @returns the effect that asks whether to start a slot again; it may get newer releases, if its ranges allow */
export function planReload<S extends BegunSwaps>({ slot }: SlotView): Effect<Change<S>> {
  // The plan of a swap without changes is the plan of a reload.
  const request = planSwap(slot, { strategy: "auto" });
  return ask(`${slot}: planning the reload`, request, (outcome) => (state, view) => {
    if (!outcome.ok) return { state, effects: [errorDialog(`${slot}: no reload`, outcome.error)] };
    const plan = outcome.value;
    const body = planLines(plan, dialogColumns(view.size), view.glyphs);
    if (isRefused(plan))
      return { state, effects: [refusal(`${slot} would not be reloaded`, body, `syrinx reload ${slot}`)] };
    const text =
      plan.changes.length > 0
        ? "It is started again, with what its config says now:"
        : "It is started again without changes:";
    return { state, effects: [reloadQuestion({ slot }, `Reload ${slot}`, [[text], [], ...body])] };
  });
}

function reloadQuestion<S extends BegunSwaps>(
  { slot, follow }: Pick<SwapQuestion<S>, "slot" | "follow">,
  title: string,
  body: readonly Line[],
): Effect<Change<S>> {
  return askToBegin({
    slot,
    what: "reload",
    title,
    body,
    yes: "Reload",
    command: `syrinx reload ${slot}`,
    request: startAction(slot, "reload"),
    ...(follow && { follow }),
  });
}

function refusal<C>(title: string, body: readonly Line[], command: string): Effect<C> {
  return { kind: "dialog", dialog: { kind: "text", title, body, command } };
}
