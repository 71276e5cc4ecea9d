import type { SwapPlan } from "../../../../schemas/generated/api.ts";
import { type Glyphs, type Line, tone } from "../../screen/mod.ts";
import { changeLines } from "../config-changes.ts";
import { bindingText, nowThenLines } from "./binding-text.ts";
import { permissionLines } from "./permission-text.ts";

const WAYS: Record<SwapPlan["strategy"], string> = {
  auto: "as there is room",
  "blue-green": "blue-green: the new one is loaded beside the old one, which serves until then",
  recreate: "recreate: the old one is unloaded first; requests wait meanwhile",
  canary: "canary: a share of the requests at first; on the Slots pane P promotes it, A takes it back",
};

/** Whether the engine would refuse the swap. */
export function isRefused({ permissions, memory }: SwapPlan): boolean {
  return permissions.missing.length > 0 || memory.verdict === "refused";
}

/**
 * @param columns that a line has
 * @returns what a swap would do: from what to what, each value that differs, how, and whether there is memory for it; of one
 *   that would be refused why, with the numbers, and what to do about it
 */
export function planLines(plan: SwapPlan, columns: number, glyphs: Glyphs): Line[] {
  const { from, to, changes } = plan;
  if (plan.verdict === "unchanged")
    return [[tone("strong", bindingText(to))], [], ...costLines(plan, glyphs)];
  // The releases are told of by themselves.
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
    ...(isRefused(plan) ? [] : [[wayText(plan)]]),
    ...memoryLines(plan, glyphs),
    ...(memory.evict.length > 0 ? [[tone("warn", `Unloaded to make room: ${memory.evict.join(", ")}`)]] : []),
    ...(asksMore
      ? [[], [tone("warn", "It asks for more than what runs:")], ...permissionLines(permissions.added)]
      : []),
    ...missingLines(plan, glyphs),
  ];
}

function wayText({ verdict, from, strategy }: SwapPlan): string {
  if (verdict === "reconfigure") return "in place: its process takes these settings while it runs";
  return from ? WAYS[strategy] : "it is loaded: nothing serves now";
}

function memoryLines({ memory, verdict }: SwapPlan, glyphs: Glyphs): Line[] {
  if (verdict === "reconfigure") return [];
  const { message } = memory;
  switch (memory.verdict) {
    case "fits-beside":
      return [[tone("good", `${glyphs.good} there is memory: ${message}`)]];
    case "fits-after-unload":
      return [[tone("warn", `${glyphs.busy} there is memory once the old one is unloaded: ${message}`)]];
    case "refused":
      return [
        [tone("bad", `${glyphs.bad} there is no memory: ${message}`)],
        [],
        ["On the Slots pane u unloads a slot; the Memory pane (2) shows who holds how much."],
      ];
  }
}

function missingLines({ permissions, reason }: SwapPlan, glyphs: Glyphs): Line[] {
  if (permissions.missing.length === 0) return [];
  return [
    [],
    [tone("bad", `${glyphs.bad} the plugin is blocked: it asks for what it was not granted`)],
    ...permissionLines(permissions.missing),
    [],
    ["To grant it from here: press g on the Slots pane"],
    ...(reason === undefined ? [] : [[tone("dim", reason)]]),
  ];
}
