import type { ConfigSlots } from "../../../../core/config/mod.ts";

/** Slots of plugins that need a process for each binding, and have no secrets. */
export const PLAIN_SLOTS: ConfigSlots = {
  need: () => "process",
  previewSlot: async ({ slot }) => ({ problem: `asked for ${slot}` }),
  endedBy: async () => [],
  secretsInClear: () => [],
  unfillable: () => [],
};
