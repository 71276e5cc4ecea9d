/**
 * A swap step by step: choose the releases, choose the strategy, see the plan, answer the question.
 *
 * @module
 */
import type { SlotView, SwapRequest } from "../../../../schemas/generated/api.ts";
import type { Line } from "../../screen/mod.ts";
import { errorDialog } from "../engine-error.ts";
import type { Change, Effect, View } from "../pane.ts";
import type { BegunSwaps } from "./begun-swaps.ts";
import { candidateNote, candidatesFor, candidateText, changeTo } from "./candidates.ts";
import { planThenAsk } from "./plan-then-ask.ts";
import { swapCommand } from "./swap-command.ts";

const STRATEGIES = [
  ["auto", "blue-green if both fit into memory, else recreate"],
  ["blue-green", "load the new one beside the old one, which serves until then"],
  ["recreate", "unload the old one first; requests wait meanwhile"],
  ["canary", "a share of the requests at first, as the config says"],
] as const;

/**
 * @param also lines below the plan
 * @returns the list of what can fill the slot, or why there is none
 */
export function pickSwap<S extends BegunSwaps>(
  slot: SlotView,
  { engine }: View,
  also: readonly Line[] = [],
): Effect<Change<S>> {
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
        if (!chosen) return { state };
        const change = changeTo(chosen, slot, plugins.value.plugins);
        return { state, effects: [pickStrategy(slot.slot, candidateText(chosen), change, also)] };
      },
    },
  };
}

function pickStrategy<S extends BegunSwaps>(
  slot: string,
  releases: string,
  candidate: SwapRequest,
  also: readonly Line[],
): Effect<Change<S>> {
  return {
    kind: "dialog",
    dialog: {
      kind: "choice",
      title: `Swap ${slot} to ${releases}: how`,
      items: STRATEGIES.map(([label, note]) => ({ label, note })),
      choose: (index) => (state) => {
        const [strategy] = STRATEGIES[index] ?? STRATEGIES[0];
        const change = { ...candidate, strategy };
        const wanted = planThenAsk<S>({
          slot,
          change,
          what: "swap",
          title: `Swap ${slot}`,
          yes: "Swap",
          also,
          command: () => swapCommand(slot, change),
        });
        return { state, effects: [wanted] };
      },
    },
  };
}
