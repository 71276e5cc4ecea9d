/**
 * What the config needs of the engine: to apply a config, and to tell about slots.
 *
 * @module
 */
import type { Violation } from "../errors.ts";
import type { FullConfig } from "./layers/mod.ts";
import type { ConfigPlan, RunningSlots } from "./plan.ts";
import type { SlotPreviewer } from "./plan-view.ts";

export interface Applier {
  /**
   * Applies all of a plan, or throws and leaves everything as it was. Never called while another call is under way. The
   * callee may keep and change the plan and the config.
   *
   * @param before the active config, from which the plan starts; null: nothing was applied yet
   * @throws SyrinxError whose violations become problems with places
   */
  apply(plan: ConfigPlan, config: FullConfig, before: FullConfig | null): Promise<void>;
}

/** The slots, as the config sees them. */
export interface ConfigSlots extends RunningSlots, SlotPreviewer {
  /** @returns a violation for each secret that the config has in clear */
  secretsInClear(config: FullConfig): Violation[];
  /** @returns a violation for each slot that cannot be filled, and for each mistake in its settings */
  unfillable(config: FullConfig): Violation[];
}
