import { parse, TomlError } from "smol-toml";
import { jsonValue } from "./json-value.ts";
import { type Parsed, ParseFailure } from "./parsed.ts";
import { tomlPlaces } from "./toml-places.ts";

/**
 * Parses TOML 1.0; dates and times become strings.
 *
 * @throws ParseFailure
 */
export function parseToml(text: string): Parsed {
  try {
    const value = parse(text);
    const places = tomlPlaces(text, value);
    return { value: jsonValue(value, places), places };
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    // The first line says what is wrong; the rest is a drawing of the place.
    const [message = "invalid"] = cause.message.replace(/^Invalid TOML document: /, "").split("\n");
    throw new ParseFailure(message, [cause.line, cause.column]);
  }
}
