/**
 * Goes back to a version of the config, or to the binding of a slot after a swap.
 *
 * @module
 */
import type { SlotView } from "../../../../schemas/generated/api.ts";
import type { ResolvedBinding, SwapRecord } from "../../../../schemas/generated/swap.ts";
import { bindingText, rollbackConfig } from "../../../client/mod.ts";
import { cursorOn } from "../../screen/mod.ts";
import { planConfigChange } from "../change-config.ts";
import type { Change, Effect, View } from "../pane.ts";
import { askRollback } from "../swaps/ask-rollback.ts";
import { isSameBinding } from "../swaps/binding-change.ts";
import { planThenAsk } from "../swaps/plan-then-ask.ts";
import { slotNow } from "../swaps/slot-now.ts";
import { differenceIn, swapCommand } from "../swaps/swap-command.ts";
import type { HistoryState } from "./history-state.ts";
import { type Entry, type Swap, swapEntryId } from "./timeline.ts";

type HistoryEffect = Effect<Change<HistoryState>>;

/** @returns the effect that shows the plan and asks; or a notice why there is no way back */
export function rollBack(entry: Entry, view: View): HistoryEffect {
  switch (entry.kind) {
    case "swap":
      return rollBackSlot(entry.swap, view);
    case "version":
      return planConfigChange({
        action: rollbackConfig(entry.version.number),
        title: `Roll back to config ${entry.version.number}, and pin it`,
        yes: "Roll back",
        command: `syrinx config rollback ${entry.version.number}`,
        body: [["This pins the config: later changes of the sources are held until an unpin."]],
      });
    case "rejection":
      return notice("A refused config was never active: there is nothing to go back to");
  }
}

function rollBackSlot(swap: Swap, { engine }: View): HistoryEffect {
  if (swap.endedAt === undefined) return notice(`The swap of ${swap.slot} is still under way`);
  const slots = engine.known.slots?.value.slots;
  if (slots?.every(({ slot }) => slot !== swap.slot))
    return notice(`${swap.slot} is not in the config any more: go back to a version that has it`);
  return slotNow(swap.slot, "rollback", (slot, view) => wayBack(swap, slot, view));
}

function wayBack(swap: Swap, slot: SlotView, view: View): HistoryEffect {
  const target = servedAfter(swap);
  if (!target) return notice(`Nothing was loaded in ${swap.slot} then. To unload it: u on the Slots pane`);
  if (!slot.running || !isSameBinding(target, slot.running)) return planWayBack(swap.slot, target);
  const swaps = view.engine.known.swaps?.value.swaps ?? [];
  const newest = swaps.find((one) => one.slot === swap.slot && one.stage === "done");
  if (newest?.id !== swap.id) return notice(`${swap.slot} runs ${bindingText(target)} already`);
  return askRollback(slot, view, follow);
}

/** What filled the slot when the swap was over. */
function servedAfter({ stage, generation, from, to }: Swap): ResolvedBinding | null {
  if (stage === "done") return to;
  return stage === "interrupted" && generation !== undefined ? to : from;
}

function planWayBack(slot: string, { plugin, model, settings, device }: ResolvedBinding): HistoryEffect {
  return planThenAsk({
    slot,
    change: { plugin, model: model ?? null, settings, device },
    what: "rollback",
    title: `Roll ${slot} back to here`,
    yes: "Roll back",
    command: (plan) => swapCommand(slot, differenceIn(plan)),
    follow,
  });
}

/** The cursor goes to the new swap, so that the user sees how it ends. */
function follow(state: HistoryState, { id }: SwapRecord): HistoryState {
  return { ...state, cursor: cursorOn(swapEntryId(id), []) };
}

function notice(text: string): HistoryEffect {
  return { kind: "notice", tone: "warn", text };
}
