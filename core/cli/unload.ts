import type { Command } from "commander";
import { slotAction } from "./slot-action.ts";

export function unloadCommand(): Command {
  return slotAction("unload", "free a slot's memory; what it speaks is finished first");
}
