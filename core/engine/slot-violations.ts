import { type FullConfig, planChange } from "../config/mod.ts";
import { asSyrinxError, type Violation } from "../errors.ts";
import type { Host } from "../slots/mod.ts";
import { rooted, violationsOf, wantedOf } from "./wanted-slots.ts";

/**
 * Checks every slot and source of a config with the releases and grants that the host knows. Nothing is started.
 *
 * @param path of the config file that the engine was started with
 * @returns what keeps a slot from being filled, with pointers into the config; each mistake of its settings by itself
 */
export function slotViolations(host: Pick<Host, "check">, config: FullConfig, path: string): Violation[] {
  const { slots, sources } = planChange(null, config);
  return [...slots, ...sources.map((source) => rooted(source, path))].flatMap((change) => {
    if (!("after" in change)) return [];
    try {
      host.check(change.kind, wantedOf(change));
      return [];
    } catch (error) {
      return violationsOf({ slot: change.slot, error: asSyrinxError(error) });
    }
  });
}
