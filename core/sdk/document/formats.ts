/**
 * The formats of a config document. A file's extension or a server's Content-Type names the format.
 *
 * @module
 */
import { extname } from "node:path";
import { overLimits, tooDeep } from "../../json-limits.ts";
import { type Parsed, ParseFailure } from "./parsed.ts";

/** How the text of a config document is read. */
export interface Format {
  readonly name: string;
  /**
   * Whether a document that was cut short is always a mistake. So it is in JSON, where the last brace closes the document.
   * Half of a YAML or TOML file may itself be valid YAML or TOML.
   */
  readonly selfDelimiting: boolean;
  /** @throws ParseFailure */
  parse(text: string): Parsed;
}

// Each parser is loaded when a document needs it: a source reads one format, and the three take 50 ms.
const json = (extended: boolean) => (text: string) => {
  const { parseJson } = require("./parse-json.ts") as typeof import("./parse-json.ts");
  return parseJson(text, { extended });
};

const yaml: Format = {
  name: "YAML",
  selfDelimiting: false,
  parse(text) {
    const { parseYaml } = require("./parse-yaml.ts") as typeof import("./parse-yaml.ts");
    return parseYaml(text);
  },
};

const toml: Format = {
  name: "TOML",
  selfDelimiting: false,
  parse(text) {
    const { parseToml } = require("./parse-toml.ts") as typeof import("./parse-toml.ts");
    return parseToml(text);
  },
};

const FORMATS: Readonly<Record<string, Format>> = {
  ".json": { name: "JSON", selfDelimiting: true, parse: json(false) },
  ".jsonc": { name: "JSONC", selfDelimiting: true, parse: json(true) },
  ".yaml": yaml,
  ".yml": yaml,
  ".toml": toml,
};

export const EXTENSIONS = Object.keys(FORMATS);

/** @returns the format of the extension of `path`, in small or capital letters; undefined if it has none of them */
export function formatOf(path: string): Format | undefined {
  return FORMATS[extname(path).toLowerCase()];
}

/** Subtype of a media type, without `x-`, or the part after its `+`, to an extension. Subtypes without a meaning here are left out. */
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
 * @returns the format of the media type, or else that of the extension. JSON with the extension `.jsonc` is JSONC, because
 *   most servers do not know JSONC
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
 * Parses the text of a config document, which has an object at the top.
 *
 * @throws ParseFailure, also if it is nested too deeply or has too many values
 */
export function parseDocument(text: string, format: Format): Parsed & { value: Record<string, unknown> } {
  const { value, places } = parsed(text, format);
  const excess = overLimits(value);
  if (excess) throw new ParseFailure(excess);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ParseFailure("an object with the sections of the config is needed at the top", places[""]);
  }
  return { value: value as Record<string, unknown>, places };
}

function parsed(text: string, format: Format): Parsed {
  try {
    return format.parse(text);
  } catch (cause) {
    // The parsers call themselves for each level.
    if (cause instanceof RangeError) throw new ParseFailure(tooDeep());
    throw cause;
  }
}
