/**
 * The engine that a command talks to: the one that runs, or a private one for as long as the command takes.
 *
 * @module
 */
import type { Command } from "commander";
import { Engine } from "../engine.ts";
import { SyrinxError } from "../errors.ts";
import { createLog } from "../log.ts";
import { answers, type Client, createClient } from "./client.ts";
import { configPath } from "./config-path.ts";
import { announcedUrl, homeDirectory } from "./home.ts";

export interface EngineChoice {
  url?: string;
  token?: string;
  home?: string;
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
  const home = homeDirectory(choice.home);
  const url = choice.url ?? process.env.SYRINX_URL ?? (await announcedUrl(home));
  const token = choice.token ?? process.env.SYRINX_TOKEN;
  if (await answers(url)) return use(createClient(url, token));
  if (choice.url ?? process.env.SYRINX_URL) {
    throw new SyrinxError("engine-not-running", `No engine answers at ${url}. Start one with: syrinx start`);
  }
  const engine = await Engine.start({
    configPath: configPath(choice.config),
    home,
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
