/**
 * A plan as the API shows it.
 *
 * @module
 */
import type { ConfigPlanView, SlotPlan } from "../../schemas/generated/api.ts";
import type { FullConfig, Validation } from "./layers/mod.ts";
import { changesBetween } from "./json/mod.ts";
import { changesReleases, planChange, type SlotChange, type SourceChange, type TakesLive } from "./plan.ts";

/** What only those know who run the slots. */
export type SlotPreview = Pick<SlotPlan, "memory" | "problem">;
/** Says how a slot would fare, one at a time, with the plugins, models and grants that there are now. */
export type PreviewSlot = (
  change: Extract<SlotChange | SourceChange, { after: unknown }>,
) => Promise<SlotPreview>;

/** @param base version of `before`, which is in force */
export async function planView(
  base: number,
  before: FullConfig,
  candidate: Validation,
  previewSlot: PreviewSlot,
  takesLive: TakesLive,
): Promise<ConfigPlanView> {
  if (!candidate.config)
    return { base, slots: [], sources: [], sections: [], changes: [], problems: candidate.problems };
  const after = candidate.config;
  const plan = planChange(before, after, takesLive);
  // Other releases and grants than now decide then.
  const isKnown = !changesReleases(plan);
  const show = async (change: SlotChange | SourceChange): Promise<SlotPlan> => {
    const { slot, action } = change;
    const changed = "changed" in change ? [...change.changed] : [];
    if (!loads(change)) return { slot, action, changed, cost: "none" };
    return { slot, action, changed, cost: "load", ...(isKnown && (await previewSlot(change))) };
  };
  return {
    base,
    slots: await Promise.all(plan.slots.map(show)),
    sources: await Promise.all(plan.sources.map(show)),
    sections: [...plan.sections],
    changes: changesBetween(before, after),
  };
}

function loads(
  change: SlotChange | SourceChange,
): change is Extract<SlotChange | SourceChange, { after: unknown }> {
  if (change.action === "swap") return true;
  return change.action === "add" && !(change.kind === "voice" && change.after.load === "on-demand");
}
