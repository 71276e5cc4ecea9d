/**
 * A swap step by step: what to fill the slot with, how, what that would do, and then it is asked for.
 *
 * @module
 */
import type { SlotView, SwapPlan, SwapRequest } from "../../../schemas/generated/api.ts";
import { planSwap, startAction, startSwap } from "../../client/mod.ts";
import { dialogColumns } from "../../dialogs/mod.ts";
import type { Line } from "../../screen/mod.ts";
import { errorDialog } from "../engine-error.ts";
import { ask, type View } from "../pane.ts";
import {
  type Candidate,
  candidateNote,
  candidatesFor,
  candidateText,
  changeTo,
  swapCommand,
} from "./candidates.ts";
import { isRefused, planLines } from "./plan-lines.ts";
import { begin, type SlotsEffect } from "./swapping.ts";

const STRATEGIES = [
  ["auto", "blue-green if both fit into memory, else recreate"],
  ["blue-green", "load the new one beside the old one, which serves until then"],
  ["recreate", "unload the old one first; requests wait meanwhile"],
  ["canary", "a share of the requests at first, as the config says"],
] as const;

/** @returns the list of what can fill the slot, or why there is none */
export function pickSwap(slot: SlotView, { engine }: View): SlotsEffect {
  const problem = engine.problems.plugins ?? engine.problems.models;
  const { plugins, models } = engine.known;
  if (!plugins || !models) {
    if (problem) return errorDialog("The releases on disk are not known", problem);
    return { kind: "notice", tone: "warn", text: "The releases on disk are being read: try again" };
  }
  const candidates = candidatesFor(slot, plugins.value.plugins, models.value.models);
  if (candidates.length === 0)
    return { kind: "notice", tone: "warn", text: `Nothing on disk can fill ${slot.slot}` };
  return {
    kind: "dialog",
    dialog: {
      kind: "choice",
      title: `Swap ${slot.slot} to`,
      items: candidates.map((one) => ({ label: candidateText(one), note: candidateNote(one, slot) })),
      choose: (index) => (state) => {
        const chosen = candidates[index];
        return {
          state,
          effects: chosen ? [pickStrategy(slot, chosen, changeTo(chosen, slot, plugins.value.plugins))] : [],
        };
      },
    },
  };
}

function pickStrategy(slot: SlotView, candidate: Candidate, change: SwapRequest): SlotsEffect {
  return {
    kind: "dialog",
    dialog: {
      kind: "choice",
      title: `Swap ${slot.slot} to ${candidateText(candidate)}: how`,
      items: STRATEGIES.map(([label, note]) => ({ label, note })),
      choose: (index) => (state) => {
        const [strategy] = STRATEGIES[index] ?? STRATEGIES[0];
        return { state, effects: [planThenAsk(slot.slot, { ...change, strategy })] };
      },
    },
  };
}

function planThenAsk(slot: string, change: SwapRequest): SlotsEffect {
  return ask(`${slot}: planning the swap`, planSwap(slot, change), (outcome) => (state, view) => ({
    state,
    effects: [
      outcome.ok ? planDialog(outcome.value, change, view) : errorDialog(`${slot}: no swap`, outcome.error),
    ],
  }));
}

function planDialog(plan: SwapPlan, change: SwapRequest, view: View): SlotsEffect {
  const { slot, verdict } = plan;
  const command = swapCommand(slot, change);
  const body = planLines(plan, dialogColumns(view.size), view.glyphs);
  if (isRefused(plan)) return refusal(`${slot} would not be swapped`, body, `${command} --dry-run`);
  if (verdict === "unchanged") {
    return reloadQuestion(slot, `${slot} runs this already`, [["A reload starts it anew:"], [], ...body]);
  }
  return {
    kind: "dialog",
    dialog: {
      kind: "question",
      title: `Swap ${slot}`,
      body,
      yes: "Swap",
      command,
      then: (state) => ({ state, effects: [begin(slot, "swap", startSwap(slot, change))] }),
    },
  };
}

/** @returns the effect of asking whether to start a slot anew: it may come to other releases, if its ranges allow */
export function planReload({ slot }: SlotView): SlotsEffect {
  // A swap in which nothing is changed comes to what a reload comes to.
  const request = planSwap(slot, { strategy: "auto" });
  return ask(`${slot}: planning the reload`, request, (outcome) => (state, view) => {
    if (!outcome.ok) return { state, effects: [errorDialog(`${slot}: no reload`, outcome.error)] };
    const plan = outcome.value;
    const body = planLines(plan, dialogColumns(view.size), view.glyphs);
    const title = `Reload ${slot}`;
    if (isRefused(plan))
      return { state, effects: [refusal(`${slot} would not be reloaded`, body, `syrinx reload ${slot}`)] };
    const text =
      plan.changes.length > 0
        ? "It is started anew, as its config says now:"
        : "It is started anew, as it is:";
    return { state, effects: [reloadQuestion(slot, title, [[text], [], ...body])] };
  });
}

function reloadQuestion(slot: string, title: string, body: readonly Line[]): SlotsEffect {
  return {
    kind: "dialog",
    dialog: {
      kind: "question",
      title,
      body,
      yes: "Reload",
      command: `syrinx reload ${slot}`,
      then: (state) => ({ state, effects: [begin(slot, "reload", startAction(slot, "reload"))] }),
    },
  };
}

function refusal(title: string, body: readonly Line[], command: string): SlotsEffect {
  return { kind: "dialog", dialog: { kind: "text", title, body, command } };
}
