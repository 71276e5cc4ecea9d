/**
 * What a swap or a change of the config would do, in words.
 *
 * @module
 */
import type { ConfigPlanView, PermissionView, SlotPlan, SwapPlan } from "../../schemas/generated/api.ts";

/** @returns e.g. `read /srv/words, net example.com` */
export function permissionsText(permissions: readonly PermissionView[]): string {
  return permissions.map(({ kind, allow }) => `${kind} ${allow}`).join(", ");
}

/** Whether the engine would refuse the swap. */
export function isRefused({ permissions, memory }: SwapPlan): boolean {
  return permissions.missing.length > 0 || memory.verdict === "refused";
}

const STRATEGIES: Record<SwapPlan["strategy"], string> = {
  auto: "blue-green if there is memory for both, else recreate",
  "blue-green": "blue-green: the new one is loaded beside the old one, which serves until then",
  recreate: "recreate: the old one is unloaded first; requests wait meanwhile",
  canary: "canary: the new one gets a share of the requests at first",
};

/** @returns how the swap would be done */
export function strategyText({ verdict, from, strategy }: SwapPlan): string {
  if (verdict === "reconfigure") return "in place: its process takes these settings while it runs";
  return from ? STRATEGIES[strategy] : "it is loaded: nothing serves now";
}

/** @returns whether there is memory for the swap, with the numbers */
export function memoryText({ memory: { verdict, message } }: SwapPlan): string {
  switch (verdict) {
    case "fits-beside":
      return `there is memory: ${message}`;
    case "fits-after-unload":
      return `there is memory once the old one is unloaded: ${message}`;
    case "refused":
      return `there is no memory: ${message}`;
  }
}

export type Memory = NonNullable<SlotPlan["memory"]>;

const MEMORY: Record<Memory["verdict"], string> = {
  "fits-beside": "there is memory",
  "fits-after-unload": "there is memory once others are unloaded",
  refused: "there is no memory",
};

/** What a change of the config costs a slot. */
export interface Cost {
  readonly text: string;
  /** The reason, or the numbers. */
  readonly detail?: string;
}

/** @returns the cost in a few words, with the details apart */
export function costOf({ action, cost, memory, problem }: SlotPlan): Cost {
  if (problem !== undefined) return { text: "not possible", detail: problem };
  if (cost === "none")
    return { text: action === "reconfigure" ? "its process keeps serving" : "nothing is loaded" };
  return memory ? { text: `a load: ${MEMORY[memory.verdict]}`, detail: memory.message } : { text: "a load" };
}

/** @returns the slots and sources that a change of the config touches */
export function touchedBy({ slots, sources }: Pick<ConfigPlanView, "slots" | "sources">): SlotPlan[] {
  return [...slots, ...sources].filter(isTouched);
}

/** @returns how many slots a change of the config leaves alone, as a sentence */
export function untouchedText(plan: Pick<ConfigPlanView, "slots" | "sources">): string {
  const count = plan.slots.length - plan.slots.filter(isTouched).length;
  if (touchedBy(plan).length === 0) return "No slot is touched.";
  if (count === 0) return "No other slot is touched.";
  return count === 1 ? "1 slot stays as it is." : `${count} slots stay as they are.`;
}

/** @returns what a change of the config would end, a line each */
export function endsLines({ ends = [] }: Pick<ConfigPlanView, "ends">): string[] {
  return ends.map(({ message }) => message);
}

function isTouched({ action }: SlotPlan): boolean {
  return action !== "unchanged";
}
