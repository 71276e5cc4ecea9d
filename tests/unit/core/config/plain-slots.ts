import type { ConfigSlots } from "../../../../core/config/mod.ts";

/** Slots of plugins that take no setting as they run, and have no secrets. */
export const PLAIN_SLOTS: ConfigSlots = {
  takesLive: () => false,
  previewSlot: async ({ slot }) => ({ problem: `asked for ${slot}` }),
  secretsInClear: () => [],
  unfillable: () => [],
};
