import { Command, InvalidArgumentError } from "commander";
import type { Engine, EngineOptions } from "../../engine/mod.ts";
import type { Logger } from "../../log.ts";
import { configPath } from "../config-path.ts";
import { announce, homeDirectory, withdraw } from "../home.ts";
import { listenToSignals } from "./signals.ts";

export interface StartFlags {
  config?: string;
  host?: string;
  port?: number;
  home?: string;
}

export function startCommand(): Command {
  return startOptions(
    new Command("start").description(
      "start the engine, and run until SIGINT or SIGTERM; SIGHUP reloads the config",
    ),
  ).action((flags: StartFlags) => runEngine(flags, {}));
}

/** Adds the options of `start`, which `dev` has too. */
export function startOptions(command: Command): Command {
  return command
    .option(
      "--config <file>",
      "config file: .jsonc, .json, .yaml or .toml (default: ./syrinx.jsonc, if it exists)",
    )
    .option(
      "--host <address>",
      "address to listen on; addresses other than loopback need tokens (default: 127.0.0.1)",
    )
    .option("--port <number>", "port to listen on, 0 for any free port (default: 7851)", portNumber)
    .option(
      "--home <folder>",
      "folder of the engine's files (default: $SYRINX_HOME, else $XDG_DATA_HOME/syrinx)",
    );
}

/**
 * Starts an engine and runs it until a signal, then finishes what is in flight. A second signal ends it at once. At SIGHUP,
 * the sources are asked for their documents, as `syrinx config reload` does.
 *
 * @param started called once it is ready
 */
export async function runEngine(
  flags: StartFlags,
  extra: Partial<EngineOptions>,
  started?: (engine: Engine) => void,
): Promise<void> {
  const home = homeDirectory(flags.home);
  // Not before: the help of the commands needs none of it, and it takes longer to load than that.
  const { createLog, flushLog } = await import("../../log.ts");
  const log = createLog("info");
  const stopping = listenToSignals(() => void starting.then((engine) => reload(engine, log)).catch(() => {}));
  const options: EngineOptions = {
    configPath: configPath(flags.config),
    home,
    log,
    ...(flags.host !== undefined && { host: flags.host }),
    ...(flags.port !== undefined && { port: flags.port }),
    moved: (url) => tellAddress(home, url, log),
    ...extra,
  };
  const starting = import("../../engine/mod.ts").then(({ Engine }) => Engine.start(options));
  const engine = await starting;
  await tellAddress(home, engine.url, log);
  console.log(`hear it:  ${curlLine(engine.url)}`);
  started?.(engine);
  const signal = await stopping;
  log.info(`${signal}: finishing the requests in progress`);
  await withdraw(home, log);
  await engine.stop();
  log.info("stopped");
  await flushLog(log);
  process.exit(0);
}

/** What is wrong with a document stands in the log by itself. */
async function reload(engine: Engine, log: Logger): Promise<void> {
  log.info("SIGHUP: asking every source for its document");
  try {
    log.info(`SIGHUP: config version ${await engine.reloadConfig()} is active`);
  } catch (error) {
    log.error({ err: error }, "SIGHUP: the config could not be reloaded");
  }
}

/** Tells other commands the address, and readers of the output. */
async function tellAddress(home: string, url: string, log: Logger): Promise<void> {
  await announce(home, url, log);
  console.log(`listening ${url}`);
}

function curlLine(url: string): string {
  const body = JSON.stringify({
    input: "Hello! This is Syrinx, speaking with a voice of its own.",
    response_format: "wav",
  });
  return `curl ${url}/v1/audio/speech -H 'Content-Type: application/json' -d '${body}' -o hello.wav`;
}

function portNumber(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
}
