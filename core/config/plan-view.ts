/**
 * A plan as the API shows it. Each slot that would be loaded is checked alone, not together with the others.
 *
 * @module
 */
import type { ConfigPlanView, PlannedEnd, SlotPlan } from "../../schemas/generated/api.ts";
import { changesBetween } from "./json/mod.ts";
import type { FullConfig, Validation } from "./layers/mod.ts";
import {
  changesReleases,
  planChange,
  type RunningSlots,
  type SlotChange,
  type SourceChange,
} from "./plan.ts";

export type SlotPreview = Pick<SlotPlan, "memory" | "problem">;

/** A change after which the slot is there. */
export type KeptSlotChange = Extract<SlotChange | SourceChange, { after: unknown }>;

/** Knows the memory and the releases that a slot would find. */
export interface SlotPreviewer {
  /** Checks one slot alone, with the current plugins, models and grants. Changes nothing. */
  previewSlot(change: KeptSlotChange): Promise<SlotPreview>;
  /** @returns the processes that use more memory than a config lets them. They would be ended if it was applied */
  endedBy(config: FullConfig): Promise<PlannedEnd[]>;
}

/** @param base the version of `before`, the active config */
export async function planView(
  base: number,
  before: FullConfig,
  candidate: Validation,
  slots: SlotPreviewer & RunningSlots,
): Promise<ConfigPlanView> {
  if (!candidate.config)
    return { base, slots: [], sources: [], sections: [], changes: [], problems: candidate.problems };
  const after = candidate.config;
  const plan = planChange(before, after, slots);
  // If the plan changes the releases or grants, those of now say nothing about it.
  const isKnown = !changesReleases(plan);
  const show = async (change: SlotChange | SourceChange): Promise<SlotPlan> => {
    const { slot, action } = change;
    const changed = "changed" in change ? [...change.changed] : [];
    if (!loads(change)) return { slot, action, changed, cost: "none" };
    return { slot, action, changed, cost: "load", ...(isKnown && (await slots.previewSlot(change))) };
  };
  const ends = await slots.endedBy(after);
  return {
    base,
    slots: await Promise.all(plan.slots.map(show)),
    sources: await Promise.all(plan.sources.map(show)),
    sections: [...plan.sections],
    changes: changesBetween(before, after),
    ...(ends.length > 0 && { ends }),
  };
}

function loads(change: SlotChange | SourceChange): change is KeptSlotChange {
  if (change.action === "swap") return true;
  return change.action === "add" && !(change.kind === "voice" && change.after.load === "on-demand");
}
