/**
 * The commands that ask an engine for one thing and print it.
 *
 * @module
 */
import type { Command } from "commander";
import type { Client } from "./client.ts";
import { type RunningEngineChoice, runningEngineOptions, withRunningEngine } from "./running-engine.ts";
import { type EngineChoice, engineOptions, withEngine } from "./with-engine.ts";

export interface List<Flags, Answer> {
  /** running: the engine that runs and no other. any: a private one does if none runs. */
  engine: "running" | "any";
  /** What is asked for, by HTTP. */
  path(flags: Flags): string;
  /** Prints it for people; with `--json` it is printed as it came. */
  print(answer: Answer): void;
  /** What `--json` does. */
  json?: string;
}

/** Makes a list of a command that has its name, its description and its own options. */
export function listCommand<Answer, Flags = object>(
  command: Command,
  { engine, path, print, json = "print JSON" }: List<Flags, Answer>,
): Command {
  command.option("--json", json);
  const withOptions = engine === "running" ? runningEngineOptions(command) : engineOptions(command);
  return withOptions.action((flags: RunningEngineChoice & EngineChoice & Flags & { json?: boolean }) => {
    const show = async (client: Client) => {
      const answer = await client.get<Answer>(path(flags));
      if (flags.json) console.log(JSON.stringify(answer, null, 2));
      else print(answer);
    };
    return engine === "running" ? withRunningEngine(flags, show) : withEngine(flags, show);
  });
}
