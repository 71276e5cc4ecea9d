import type { Command } from "commander";
import { canaryAction } from "./canary-action.ts";

export function promoteCommand(): Command {
  return canaryAction("promote", "give a canary all the utterances, without waiting for its window to end");
}
