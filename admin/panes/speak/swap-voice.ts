/**
 * Another model for the slot of a voice, while it speaks: choose, look at the plan, say yes.
 *
 * @module
 */
import type { ModelView, SlotView, SwapPlan } from "../../../schemas/generated/api.ts";
import { planSwap, startSwap } from "../../client/mod.ts";
import { type Line, tone } from "../../screen/mod.ts";
import { errorDialog } from "../engine-error.ts";
import { ask, type Change, type Effect, type Step, type View } from "../pane.ts";

/** @returns the choice of models that the slot's plugin can run; or why there is none */
export function swapVoice<S>(state: S, slot: string, view: View): Step<S> {
  const known = view.engine.known.slots?.value.slots.find((one) => one.slot === slot);
  if (!known) return { state, effects: [notice("warn", `${slot} is not known yet`)] };
  const models = modelsFor(known, view);
  if (models.length === 0) {
    const plugin = known.running?.plugin ?? "its plugin";
    return { state, effects: [notice("warn", `No model is here that ${plugin} of ${slot} can run`)] };
  }
  const names = models.map(({ name, version }) => `${name}@${version}`);
  const present = names.indexOf(known.running?.model ?? "");
  // The cursor begins on one that makes a difference.
  const first = Math.max(
    0,
    names.findIndex((_, index) => index !== present),
  );
  const items = models.map(({ languages, description = "" }, index) => ({
    label: names[index] ?? "",
    note: [...(index === present ? ["serves now"] : []), languages.join(" "), description].join("  "),
  }));
  const choose = (index: number): Change<S> => {
    const model = names[index] ?? "";
    return (later) => ({ state: later, effects: [plan(slot, model)] });
  };
  const dialog = {
    kind: "choice",
    title: `Another model for ${slot}`,
    items,
    first,
    choose,
  } as const;
  return { state, effects: [{ kind: "dialog", dialog }] };
}

function modelsFor({ running }: SlotView, { engine }: View): ModelView[] {
  const models = engine.known.models?.value.models ?? [];
  const plugins = engine.known.plugins?.value.plugins ?? [];
  const plugin = plugins.find(({ name, version }) => `${name}@${version}` === running?.plugin);
  const formats = plugin?.formats;
  return formats ? models.filter(({ format }) => formats.includes(format)) : models;
}

function plan<S>(slot: string, model: string): Effect<Change<S>> {
  return ask<S, SwapPlan>("planning the swap", planSwap(slot, { model }), (outcome) => (state) => ({
    state,
    effects: outcome.ok
      ? [question(outcome.value, model)]
      : [errorDialog(`${slot} cannot be swapped`, outcome.error)],
  }));
}

function question<S>(
  { slot, from, strategy, memory, permissions, reason }: SwapPlan,
  model: string,
): Effect<Change<S>> {
  const isRefused = memory.verdict === "refused" || permissions.missing.length > 0;
  const body: Line[] = [
    from?.model === model
      ? [`${slot} speaks with ${model} already: it is started anew.`]
      : [`${slot} speaks with ${from?.model ?? "nothing"} now, and with ${model} once it has loaded.`],
    ["What is being spoken goes on with what it began with."],
    [],
    [`by ${strategy}`],
    [tone(memory.verdict === "refused" ? "bad" : "plain", memory.message)],
    ...permissions.missing.map(({ kind, allow }): Line => [tone("bad", `not granted: ${kind} ${allow}`)]),
    ...(reason === undefined ? [] : [[tone("bad", reason)]]),
    ...(isRefused ? [[tone("warn", "The engine will refuse this.")]] : []),
  ];
  return {
    kind: "dialog",
    dialog: {
      kind: "question",
      title: `Swap ${slot}`,
      body,
      yes: "Swap",
      command: `syrinx swap ${slot.replace(/^voices\./, "")} --model ${model}`,
      then: (state) => ({ state, effects: [start(slot, model)] }),
    },
  };
}

function start<S>(slot: string, model: string): Effect<Change<S>> {
  return ask("asking for the swap", startSwap(slot, { model }), (outcome) => (state) => ({
    state,
    effects: outcome.ok
      ? [
          notice("good", `${slot} is being swapped to ${model}`),
          { kind: "refresh", resources: ["slots", "swaps"] },
        ]
      : [errorDialog(`${slot} was not swapped`, outcome.error)],
  }));
}

function notice(tone: "good" | "warn", text: string): Effect<never> {
  return { kind: "notice", tone, text };
}
