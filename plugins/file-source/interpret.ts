import { documentFormats, type Format, ParseFailure, type SourceItem } from "syrinx/sdk";
import type { Reading } from "./read-file.ts";

const { decodeText, parseDocument } = await documentFormats();

/** What a reading of the file means for the engine. */
export interface Meaning {
  /** `nothing`: there is no file yet, or it is empty. */
  readonly kind: "document" | "nothing" | "problem";
  /** Equal for readings with the same meaning. */
  readonly key: string;
  readonly item: SourceItem;
}

/**
 * @param hadDocument whether the file had a document before. If so, a missing or empty file (an interrupted save) is a
 *   problem. If not, the config was not written yet and counts as `{}`
 */
export function interpret(path: string, format: Format, reading: Reading, hadDocument: boolean): Meaning {
  if (reading.state === "unreadable") return problem(path, `Cannot read ${path}: ${reading.reason}`);
  if (reading.state === "missing") {
    return hadDocument ? problem(path, `${path} is missing; the last good document stays`) : nothing(path);
  }
  try {
    const text = decodeText(reading.bytes);
    if (text.trim() === "") {
      return hadDocument
        ? problem(path, `${path} is empty; the last good document stays. Write {} to go back to the defaults`)
        : nothing(path);
    }
    const { value: document, places } = parseDocument(text, format);
    return {
      kind: "document",
      key: `document ${reading.hash}`,
      item: { document, origin: path, places },
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const place = cause instanceof ParseFailure ? cause.place : undefined;
    return problem(path, `Cannot read ${path} as ${format.name}: ${reason}`, place);
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
