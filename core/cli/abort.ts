import type { Command } from "commander";
import { canaryAction } from "./canary-action.ts";

export function abortCommand(): Command {
  return canaryAction("abort", "take a canary back: what served before gets all the utterances again");
}
