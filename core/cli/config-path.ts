import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { SyrinxError } from "../errors.ts";

const NAMES = ["syrinx.jsonc", "syrinx.json", "syrinx.yaml", "syrinx.yml", "syrinx.toml"];

/**
 * @param given of `--config`; it must be there
 * @returns the absolute path of the config file: else the first of ./syrinx.{jsonc,json,yaml,yml,toml} that is there,
 *   else ./syrinx.jsonc, which need not be
 */
export function configPath(given: string | undefined): string {
  if (given === undefined) return resolve(NAMES.find((name) => existsSync(name)) ?? "syrinx.jsonc");
  if (existsSync(given)) return resolve(given);
  throw new SyrinxError("usage", `There is no config file ${resolve(given)}`);
}
