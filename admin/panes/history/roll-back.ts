/**
 * Back to here: to a version of the config, or to what filled a slot after a swap.
 *
 * @module
 */
import type { SlotView, SwapPlan } from "../../../schemas/generated/api.ts";
import type { ResolvedBinding, SwapRecord } from "../../../schemas/generated/swap.ts";
import {
  getSlots,
  planSwap,
  type Request,
  rollbackConfig,
  startAction,
  startSwap,
} from "../../client/mod.ts";
import { dialogColumns } from "../../dialogs/mod.ts";
import { cursorOn, type Line, tone } from "../../screen/mod.ts";
import { changeLines } from "../config-changes.ts";
import { steerConfig } from "../config-steer.ts";
import { errorDialog } from "../engine-error.ts";
import { ask, type Change, type Effect, type View } from "../pane.ts";
import { bindingText } from "../slots/binding-text.ts";
import { isRefused, planLines } from "../slots/plan-lines.ts";
import { isSameBinding, otherChanges } from "./binding-change.ts";
import type { HistoryState } from "./history-state.ts";
import { swapCommand } from "./swap-command.ts";
import { type Entry, type Swap, swapEntryId } from "./timeline.ts";

type HistoryEffect = Effect<Change<HistoryState>>;

/** @returns the effect of asking whether to go back there, with all that it would do; or why there is no way back */
export function rollBack(entry: Entry): HistoryEffect {
  switch (entry.kind) {
    case "swap":
      return rollBackSlot(entry.swap);
    case "version":
      return steerConfig({
        action: rollbackConfig(entry.version.number),
        title: `Roll back to config ${entry.version.number}, and pin it`,
        yes: "Roll back",
        command: `syrinx config rollback ${entry.version.number}`,
        body: [["Pinned: what sources say from then on is held, until an unpin."]],
      });
    case "rejection":
      return notice("A config that was turned down was never in force: there is nothing to go back to");
  }
}

/** The engine is asked what the slot runs now: what is known of it may be older than a swap that has just ended. */
function rollBackSlot(swap: Swap): HistoryEffect {
  if (swap.endedAt === undefined) return notice(`The swap of ${swap.slot} is under way still`);
  return ask(`reading ${swap.slot}`, getSlots, (outcome) => (state, view) => {
    if (!outcome.ok) return { state, effects: [errorDialog(`${swap.slot}: no way back`, outcome.error)] };
    const slot = outcome.value.slots.find((one) => one.slot === swap.slot);
    return { state, effects: [wayBack(swap, slot, view)] };
  });
}

function wayBack(swap: Swap, slot: SlotView | undefined, view: View): HistoryEffect {
  if (!slot) return notice(`${swap.slot} is not in the config any more: go back to a version that has it`);
  const target = servedAfter(swap);
  if (!target) return notice(`Nothing was loaded in ${swap.slot} then. To unload it: u on the Slots pane`);
  if (!slot.running || !isSameBinding(target, slot.running)) return planThenAsk(swap.slot, target);
  const swaps = view.engine.known.swaps?.value.swaps ?? [];
  const newest = swaps.find((one) => one.slot === swap.slot && one.stage === "done");
  if (newest?.id !== swap.id) return notice(`${swap.slot} runs ${bindingText(target)} already`);
  if (!slot.rollback) return notice(`Nothing but ${bindingText(target)} has served ${swap.slot}`);
  return rollbackQuestion(slot, target, slot.rollback, view);
}

/** What filled the slot when the swap was over. */
function servedAfter({ stage, generation, from, to }: Swap): ResolvedBinding | null {
  if (stage === "done") return to;
  return stage === "interrupted" && generation !== undefined ? to : from;
}

function rollbackQuestion(
  { slot, instances }: SlotView,
  from: ResolvedBinding,
  to: ResolvedBinding,
  { size, glyphs }: View,
): HistoryEffect {
  const others = otherChanges(from, to);
  const isParked = instances.some(({ state }) => state === "parked");
  const body: Line[] = [
    [tone("dim", "now   "), bindingText(from)],
    [tone("dim", "then  "), tone("strong", bindingText(to))],
    ...(others.length > 0 ? [[], ...changeLines(others, dialogColumns(size), glyphs)] : []),
    [],
    [
      isParked
        ? "What served before is still there: it takes over at once."
        : "It is loaded first. What serves now serves until then.",
    ],
  ];
  return {
    kind: "dialog",
    dialog: {
      kind: "question",
      title: `Roll ${slot} back to what served before`,
      body,
      yes: "Roll back",
      command: `syrinx rollback ${slot}`,
      then: (state) => ({ state, effects: [begin(slot, startAction(slot, "rollback"))] }),
    },
  };
}

function planThenAsk(slot: string, { plugin, model, settings, device }: ResolvedBinding): HistoryEffect {
  const change = { plugin, model: model ?? null, settings, device };
  return ask(`${slot}: planning the way back`, planSwap(slot, change), (outcome) => (state, view) => {
    if (!outcome.ok) return { state, effects: [errorDialog(`${slot}: no way back`, outcome.error)] };
    const plan = outcome.value;
    const then: Change<HistoryState> = (later) => ({
      state: later,
      effects: [begin(slot, startSwap(slot, change))],
    });
    return { state, effects: [planDialog(plan, then, view)] };
  });
}

function planDialog(plan: SwapPlan, then: Change<HistoryState>, { size, glyphs }: View): HistoryEffect {
  const { slot } = plan;
  const body = planLines(plan, dialogColumns(size), glyphs);
  const command = swapCommand(plan);
  const title = `Roll ${slot} back to here`;
  if (isRefused(plan)) {
    const text = { kind: "text", title: `${title}: refused`, body, command: `${command} --dry-run` } as const;
    return { kind: "dialog", dialog: text };
  }
  return { kind: "dialog", dialog: { kind: "question", title, body, yes: "Roll back", command, then } };
}

/** The cursor goes to the swap that was begun, so that one sees what becomes of it. */
function begin(slot: string, request: Request<SwapRecord>): HistoryEffect {
  return ask(`${slot}: asking for the rollback`, request, (outcome) => (state) => {
    if (!outcome.ok) return { state, effects: [errorDialog(`${slot}: no rollback`, outcome.error)] };
    const { id, to } = outcome.value;
    const text = `${slot}: the way back to ${bindingText(to)} is under way`;
    return {
      state: { ...state, cursor: cursorOn(swapEntryId(id), []), begun: [...state.begun, id] },
      effects: [
        { kind: "notice", tone: "plain", text },
        { kind: "refresh", resources: ["slots"] },
      ],
    };
  });
}

function notice(text: string): HistoryEffect {
  return { kind: "notice", tone: "warn", text };
}
