/**
 * The engine that a command talks to: the one that runs, or a private one for as long as the command takes.
 *
 * @module
 */
import type { Command } from "commander";
import { Engine } from "../engine/mod.ts";
import { createLog } from "../log.ts";
import { type Client, createClient, engineNotRunning } from "./client.ts";
import { configPath } from "./config-path.ts";
import { homeDirectory } from "./home.ts";
import { findEngine, type RunningEngineChoice } from "./running-engine.ts";

export interface EngineChoice extends RunningEngineChoice {
  config?: string;
}

/** Adds the options that choose an engine. */
export function engineOptions(command: Command): Command {
  return command
    .option("--url <url>", "engine to talk to (default: the one that runs here, else a private one)")
    .option("--token <token>", "token for an engine on another address (default: $SYRINX_TOKEN)")
    .option("--home <folder>", "where the engine keeps what it writes (default: $SYRINX_HOME)")
    .option("--config <file>", "config of the private engine (default: ./syrinx.jsonc)");
}

/** @throws SyrinxError engine-not-running, if an engine was named and does not answer */
export async function withEngine<T>(choice: EngineChoice, use: (client: Client) => Promise<T>): Promise<T> {
  const { client, answering, named } = await findEngine(choice);
  if (answering) return use(client);
  if (named) throw engineNotRunning(client.url);
  const engine = await Engine.start({
    configPath: configPath(choice.config),
    home: homeDirectory(choice.home),
    host: "127.0.0.1",
    port: 0,
    forgetful: true,
    log: createLog("warn"),
  });
  try {
    return await use(createClient(engine.url, undefined));
  } finally {
    await engine.stop();
  }
}
