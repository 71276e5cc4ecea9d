import type { Command } from "commander";
import { slotAction } from "./slot-action.ts";

export function loadCommand(): Command {
  return slotAction("load", "load what fills a slot, if it is not loaded");
}
