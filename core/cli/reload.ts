import type { Command } from "commander";
import { slotAction } from "./slot-action.ts";

export function reloadCommand(): Command {
  return slotAction("reload", "start a slot anew while it serves, with newer releases if its ranges allow");
}
