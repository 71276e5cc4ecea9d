import { existsSync } from "node:fs";
import { SyrinxError } from "../../errors.ts";
import { configPath } from "../config-path.ts";

/**
 * As {@linkcode configPath}, but for a file that has to be there.
 *
 * @throws SyrinxError usage
 */
export function presentConfig(given: string | undefined): string {
  const path = configPath(given);
  if (existsSync(path)) return path;
  throw new SyrinxError("usage", `There is no config file ${path}. To write one: syrinx config init`);
}
