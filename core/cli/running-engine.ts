/**
 * The engine that runs, for commands that mean that one and no other.
 *
 * @module
 */
import type { Command } from "commander";
import { answers, type Client, createClient, engineNotRunning } from "./client.ts";
import { announcedUrl, homeDirectory } from "./home.ts";

export interface RunningEngineChoice {
  url?: string;
  token?: string;
  home?: string;
}

/** Adds the options that find an engine. */
export function runningEngineOptions(command: Command): Command {
  return command
    .option("--url <url>", "engine to talk to (default: the one that runs here)")
    .option("--token <token>", "token for an engine on another address (default: $SYRINX_TOKEN)")
    .option("--home <folder>", "where the engine keeps what it writes (default: $SYRINX_HOME)");
}

/** @returns a client of the engine that runs, and whether it answers; `named`: it was asked for by its address */
export async function findEngine(
  choice: RunningEngineChoice,
): Promise<{ client: Client; answering: boolean; named: boolean }> {
  const given = choice.url ?? process.env.SYRINX_URL;
  const url = given ?? (await announcedUrl(homeDirectory(choice.home)));
  const client = createClient(url, choice.token ?? process.env.SYRINX_TOKEN);
  return { client, answering: await answers(url), named: given !== undefined };
}

/** @throws SyrinxError engine-not-running, which says how to start one */
export async function withRunningEngine<T>(
  choice: RunningEngineChoice,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const { client, answering } = await findEngine(choice);
  if (answering) return use(client);
  throw engineNotRunning(client.url);
}
