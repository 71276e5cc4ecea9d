/**
 * The formats of a config document: by the extension of a file's name, or by what a server says of it.
 *
 * @module
 */
import { extname } from "node:path";
import { parseJson } from "./parse-json.ts";
import { parseToml } from "./parse-toml.ts";
import { parseYaml } from "./parse-yaml.ts";
import { type Parsed, ParseFailure } from "./parsed.ts";

/** How the text of a config document is read. */
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

/** Subtypes of media types, without `x-`, and what follows a `+`. Those that say nothing are not among them. */
const SUBTYPES: Readonly<Record<string, string>> = {
  json: ".json",
  jsonc: ".jsonc",
  yaml: ".yaml",
  yml: ".yaml",
  toml: ".toml",
};

/**
 * @param contentType as in a Content-Type header
 * @param path of the URL
 * @returns the format that the media type names, else the one that the extension names. JSON of a name in `.jsonc` is
 *   JSONC, which most servers do not know of.
 */
export function formatOfContent(contentType: string | null, path: string): Format | undefined {
  const named = formatOf(path);
  const subtype = /^[^/;]+\/(?:[^;]*\+|x-)?([a-z0-9.-]+)/i
    .exec(contentType?.trim() ?? "")?.[1]
    ?.toLowerCase();
  const extension = SUBTYPES[subtype ?? ""];
  if (extension === undefined || (extension === ".json" && named === FORMATS[".jsonc"])) return named;
  return FORMATS[extension];
}

/** @throws ParseFailure */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ParseFailure("it is not UTF-8 text");
  }
}

/**
 * Parses a text that is to be a config document: an object at the top.
 *
 * @throws ParseFailure
 */
export function parseDocument(text: string, format: Format): Parsed & { value: Record<string, unknown> } {
  const { value, places } = format.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ParseFailure("an object with the sections of the config is needed at the top", places[""]);
  }
  return { value: value as Record<string, unknown>, places };
}
