import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { SyrinxError } from "../errors.ts";

const NAMES = ["syrinx.jsonc", "syrinx.json", "syrinx.yaml", "syrinx.yml", "syrinx.toml"];

/**
 * @param given the value of `--config`; absent: the first of ./syrinx.{jsonc,json,yaml,yml,toml} that exists, else
 *   ./syrinx.jsonc, which need not exist
 * @returns the absolute path of the config file
 * @throws SyrinxError usage, if the given file does not exist
 */
export function configPath(given: string | undefined): string {
  if (given === undefined) return resolve(NAMES.find((name) => existsSync(name)) ?? "syrinx.jsonc");
  if (existsSync(given)) return resolve(given);
  throw new SyrinxError("usage", `There is no config file ${resolve(given)}`);
}

/**
 * As {@linkcode configPath}, for a file that has to exist.
 *
 * @throws SyrinxError usage
 */
export function existingConfigPath(given: string | undefined): string {
  const path = configPath(given);
  if (existsSync(path)) return path;
  throw new SyrinxError("usage", `There is no config file ${path}. To write one: syrinx config init`);
}
