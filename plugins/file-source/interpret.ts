import type { SourceItem } from "syrinx/sdk";
import type { Format } from "./formats.ts";
import { ParseFailure } from "./parsed.ts";
import type { Reading } from "./read-file.ts";

/** What a reading says to the engine. */
export interface Meaning {
  /** `nothing`: there is no file yet, or an empty one. */
  readonly kind: "document" | "nothing" | "problem";
  /** Equal for readings that say the same. */
  readonly key: string;
  readonly item: SourceItem;
}

/**
 * @param hadDocument whether the file was good before: then its end, or an empty file (a save that was cut short),
 *   is a problem; without it, the same is a config that is still to be written, so `{}`
 */
export function interpret(path: string, format: Format, reading: Reading, hadDocument: boolean): Meaning {
  if (reading.state === "unreadable") return problem(path, `Cannot read ${path}: ${reading.reason}`);
  if (reading.state === "missing") {
    return hadDocument ? problem(path, `${path} is gone; the last good document stays`) : nothing(path);
  }
  try {
    const text = decode(reading.bytes);
    if (text.trim() === "") {
      return hadDocument
        ? problem(path, `${path} is empty; the last good document stays. Write {} to go back to the defaults`)
        : nothing(path);
    }
    const { value, places } = format.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new ParseFailure("an object with the sections of the config is needed at the top", places[""]);
    }
    return {
      kind: "document",
      key: `document ${reading.hash}`,
      item: { document: value as Record<string, unknown>, origin: path, places },
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const place = cause instanceof ParseFailure ? cause.place : undefined;
    return problem(path, `Cannot read ${path} as ${format.name}: ${reason}`, place);
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ParseFailure("it is not UTF-8 text");
  }
}

function nothing(path: string): Meaning {
  return { kind: "nothing", key: "nothing", item: { document: {}, origin: path } };
}

function problem(path: string, text: string, place?: readonly [line: number, column: number]): Meaning {
  const item: SourceItem = { problem: text, origin: path };
  if (place) [item.line, item.column] = place;
  return { kind: "problem", key: `problem ${JSON.stringify(item)}`, item };
}
