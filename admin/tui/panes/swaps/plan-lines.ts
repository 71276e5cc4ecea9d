import type { SwapPlan } from "../../../../schemas/generated/api.ts";
import { bindingText, isRefused, memoryText, strategyText } from "../../../client/mod.ts";
import { type Glyphs, type Line, tone } from "../../screen/mod.ts";
import { changeLines } from "../config-changes.ts";
import { permissionLines } from "./permission-lines.ts";

/** @returns the binding of a slot now, and below it the one that it would have then */
export function nowThenLines(now: string, then: string): Line[] {
  return [
    [tone("dim", "now   "), now],
    [tone("dim", "then  "), tone("strong", then)],
  ];
}

/**
 * @param columns that a line has
 * @returns what a swap would do: the bindings, each value that differs, the strategy, and whether there is memory; for one
 *   that would be refused the reason, with the numbers, and what the user can do
 */
export function planLines(plan: SwapPlan, columns: number, glyphs: Glyphs): Line[] {
  const { from, to, changes } = plan;
  if (plan.verdict === "unchanged")
    return [[tone("strong", bindingText(to))], [], ...costLines(plan, glyphs)];
  // The releases have lines of their own.
  const others = changes.filter(({ pointer }) => pointer !== "/plugin" && pointer !== "/model");
  return [
    ...nowThenLines(bindingText(from), bindingText(to)),
    ...(from && others.length > 0 ? [[], ...changeLines(others, columns, glyphs)] : []),
    [],
    ...costLines(plan, glyphs),
  ];
}

function costLines(plan: SwapPlan, glyphs: Glyphs): Line[] {
  const { permissions, memory } = plan;
  const asksMore = permissions.added.length > 0 && permissions.missing.length === 0;
  return [
    ...(isRefused(plan) ? [] : strategyLines(plan)),
    ...memoryLines(plan, glyphs),
    ...(memory.evict.length > 0 ? [[tone("warn", `Unloaded to make room: ${memory.evict.join(", ")}`)]] : []),
    ...(asksMore
      ? [
          [],
          [tone("warn", "It asks for permissions that the running release does not have:")],
          ...permissionLines(permissions.added),
        ]
      : []),
    ...missingLines(plan, glyphs),
  ];
}

function strategyLines(plan: SwapPlan): Line[] {
  const isCanary = plan.verdict !== "reconfigure" && plan.from && plan.strategy === "canary";
  return [
    [strategyText(plan)],
    ...(isCanary ? [["On the Slots pane P promotes the canary, and A rolls it back."]] : []),
  ];
}

function memoryLines(plan: SwapPlan, glyphs: Glyphs): Line[] {
  if (plan.verdict === "reconfigure") return [];
  const text = memoryText(plan);
  switch (plan.memory.verdict) {
    case "fits-beside":
      return [[tone("good", `${glyphs.good} ${text}`)]];
    case "fits-after-unload":
      return [[tone("warn", `${glyphs.busy} ${text}`)]];
    case "refused":
      return [
        [tone("bad", `${glyphs.bad} ${text}`)],
        [],
        ["On the Slots pane u unloads a slot; the Memory pane (2) shows who holds how much."],
      ];
  }
}

function missingLines({ permissions, reason }: SwapPlan, glyphs: Glyphs): Line[] {
  if (permissions.missing.length === 0) return [];
  return [
    [],
    [tone("bad", `${glyphs.bad} the plugin is blocked: it asks for permissions that it was not granted`)],
    ...permissionLines(permissions.missing),
    [],
    ["To grant it from here: press g on the Slots pane"],
    ...(reason === undefined ? [] : [[tone("dim", reason)]]),
  ];
}
