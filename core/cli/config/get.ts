import { Command } from "commander";
import { getConfig, parentPointer, pointerOf } from "../../../admin/client/mod.ts";
import { SyrinxError } from "../../errors.ts";
import { valueAt } from "../../json-pointer.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "../find-engine.ts";
import { send } from "../send.ts";
import { viewLines } from "./view-text.ts";

interface Flags extends RunningEngineChoice {
  json?: boolean;
}

export function getCommand(): Command {
  const command = new Command("get")
    .description("show the active config with its defaults, or a part of it")
    .argument("[setting]", "e.g. speech.defaultVoice or /speech/defaultVoice")
    .option("--json", "print JSON, and for the whole config its layers, overrides and pin as well");
  return runningEngineOptions(command).action((given: string | undefined, flags: Flags) =>
    withRunningEngine(flags, async (client) => {
      const view = await send(client, getConfig);
      if (given === undefined) {
        if (!flags.json) console.error(viewLines(view).join("\n"));
        console.log(JSON.stringify(flags.json ? view : view.document, null, 2));
        return;
      }
      const value = partOf(view.document, pointerOf(given));
      console.log(typeof value === "string" && !flags.json ? value : JSON.stringify(value, null, 2));
    }),
  );
}

function partOf(document: unknown, pointer: string): unknown {
  const value = valueAt(document, pointer);
  if (value !== undefined) return value;
  const around = parentPointer(pointer);
  const there = valueAt(document, around);
  const keys = typeof there === "object" && there !== null ? Object.keys(there).join(", ") : "";
  throw new SyrinxError(
    "not-found",
    `Nothing is set at ${pointer}${keys === "" ? "" : `: ${around || "the config"} has ${keys}`}`,
  );
}
