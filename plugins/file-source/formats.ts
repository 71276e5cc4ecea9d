/**
 * The formats of a config file, by its extension.
 *
 * @module
 */
import { extname } from "node:path";
import { parseJson } from "./parse-json.ts";
import { parseToml } from "./parse-toml.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { Parsed } from "./parsed.ts";

/** How the text of a config file is read. */
export interface Format {
  readonly name: string;
  /**
   * Whether no proper beginning of a document is a document itself. So it is with JSON, whose last brace closes it;
   * half of a YAML or TOML file may well be YAML or TOML.
   */
  readonly selfDelimiting: boolean;
  /** @throws ParseFailure */
  parse(text: string): Parsed;
}

const yaml: Format = { name: "YAML", selfDelimiting: false, parse: parseYaml };

const FORMATS: Readonly<Record<string, Format>> = {
  ".json": { name: "JSON", selfDelimiting: true, parse: (text) => parseJson(text, { extended: false }) },
  ".jsonc": { name: "JSONC", selfDelimiting: true, parse: (text) => parseJson(text, { extended: true }) },
  ".yaml": yaml,
  ".yml": yaml,
  ".toml": { name: "TOML", selfDelimiting: false, parse: parseToml },
};

export const EXTENSIONS = Object.keys(FORMATS);

/** @returns the format that the extension of `path` names, in any case; undefined if it names none. */
export function formatOf(path: string): Format | undefined {
  return FORMATS[extname(path).toLowerCase()];
}
