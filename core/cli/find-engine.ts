/**
 * The engine that a command talks to.
 *
 * @module
 */
import type { Command } from "commander";
import { EngineClient } from "../../admin/client/mod.ts";
import { announcedUrl, homeDirectory } from "./home.ts";
import type { PrivateEngineOptions } from "./private-engine.ts";
import { engineNotRunning } from "./send.ts";

export interface RunningEngineChoice {
  url?: string;
  token?: string;
  home?: string;
}

export interface EngineChoice extends RunningEngineChoice {
  config?: string;
}

/** Adds the options of commands that need an engine that runs. */
export function runningEngineOptions(command: Command): Command {
  return command
    .option("--url <url>", "engine to talk to (default: the one that runs here)")
    .option("--token <token>", "token for an engine on another address (default: $SYRINX_TOKEN)")
    .option("--home <folder>", "folder of the engine's files (default: $SYRINX_HOME)");
}

/** Adds the options of commands that start a private engine if none runs. */
export function engineOptions(command: Command): Command {
  return command
    .option("--url <url>", "engine to talk to (default: the one that runs here, else a private one)")
    .option("--token <token>", "token for an engine on another address (default: $SYRINX_TOKEN)")
    .option("--home <folder>", "folder of the engine's files (default: $SYRINX_HOME)")
    .option("--config <file>", "config of the private engine (default: ./syrinx.jsonc)");
}

/** @returns a client of the engine that runs, and whether it answers; `named`: the user gave its address */
export async function findEngine(
  choice: RunningEngineChoice,
): Promise<{ client: EngineClient; answering: boolean; named: boolean }> {
  const given = choice.url ?? process.env.SYRINX_URL;
  const url = given ?? (await announcedUrl(homeDirectory(choice.home)));
  const client = new EngineClient({ url, token: choice.token ?? process.env.SYRINX_TOKEN });
  return { client, answering: await client.isAnswering(), named: given !== undefined };
}

/**
 * Uses the engine that runs.
 *
 * @throws SyrinxError engine-not-running, which says how to start one
 */
export async function withRunningEngine<T>(
  choice: RunningEngineChoice,
  use: (client: EngineClient) => Promise<T>,
): Promise<T> {
  const { client, answering } = await findEngine(choice);
  if (answering) return use(client);
  throw engineNotRunning(client.address.url);
}

/**
 * Uses the engine that runs, or else a private one for as long as the command takes.
 *
 * @param options of the private one
 * @throws SyrinxError engine-not-running, if the user named an engine and it does not answer
 */
export async function withEngine<T>(
  choice: EngineChoice,
  use: (client: EngineClient) => Promise<T>,
  options?: PrivateEngineOptions,
): Promise<T> {
  const { client, answering, named } = await findEngine(choice);
  if (answering) return use(client);
  if (named) throw engineNotRunning(client.address.url);
  // Only now: the engine's code takes longer to load than most commands run.
  const { withPrivateEngine } = await import("./private-engine.ts");
  return withPrivateEngine(choice, use, options);
}
