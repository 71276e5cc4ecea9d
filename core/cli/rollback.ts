import type { Command } from "commander";
import { slotAction } from "./slot-action.ts";

export function rollbackCommand(): Command {
  return slotAction("rollback", "bring back what served a slot before; at once while that is still kept");
}
