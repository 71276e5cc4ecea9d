/**
 * Commands that ask an engine for one thing and print it.
 *
 * @module
 */
import type { Command } from "commander";
import type { EngineClient, Request } from "../../admin/client/mod.ts";
import {
  type EngineChoice,
  engineOptions,
  type RunningEngineChoice,
  runningEngineOptions,
  withEngine,
  withRunningEngine,
} from "./find-engine.ts";
import { send } from "./send.ts";

export interface List<Flags, Answer> {
  /** running: only an engine that runs. any: if none runs, a private one. */
  engine: "running" | "any";
  request(flags: Flags): Request<Answer>;
  /** Prints the answer for people. `--json` prints it as it came. */
  print(answer: Answer): void;
  /** The help of `--json`. */
  json?: string;
}

/** Makes a list of a command that has its name, its description and its own options. */
export function listCommand<Answer, Flags = object>(
  command: Command,
  { engine, request, print, json = "print JSON" }: List<Flags, Answer>,
): Command {
  command.option("--json", json);
  const withOptions = engine === "running" ? runningEngineOptions(command) : engineOptions(command);
  return withOptions.action((flags: RunningEngineChoice & EngineChoice & Flags & { json?: boolean }) => {
    const show = async (client: EngineClient) => {
      const answer = await send(client, request(flags));
      if (flags.json) console.log(JSON.stringify(answer, null, 2));
      else print(answer);
    };
    return engine === "running" ? withRunningEngine(flags, show) : withEngine(flags, show);
  });
}
