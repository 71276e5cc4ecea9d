import { EngineClient } from "../../admin/client/mod.ts";
import { Engine, type EngineOptions } from "../engine/mod.ts";
import { createLog } from "../log.ts";
import { configPath } from "./config-path.ts";
import { homeDirectory } from "./home.ts";

/** How a private engine may differ from others. */
export type PrivateEngineOptions = Pick<EngineOptions, "voicesOnDemand">;

/**
 * Starts an engine that nobody else finds and that keeps nothing, uses it, and stops it.
 *
 * @param choice the values of `--config` and `--home`
 * @param options what differs from other private engines
 */
export async function withPrivateEngine<T>(
  choice: { config?: string; home?: string },
  use: (client: EngineClient) => Promise<T>,
  options: PrivateEngineOptions = {},
): Promise<T> {
  const engine = await Engine.start({
    configPath: configPath(choice.config),
    home: homeDirectory(choice.home),
    host: "127.0.0.1",
    port: 0,
    forgetful: true,
    log: createLog("warn"),
    ...options,
  });
  try {
    return await use(new EngineClient({ url: engine.url }));
  } finally {
    await engine.stop();
  }
}
