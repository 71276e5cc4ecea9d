import { typedValue } from "../../../admin/client/mod.ts";
import { SyrinxError } from "../../errors.ts";
import { escapePointer, keysOf } from "../../json-pointer.ts";

/**
 * @param text JSON, or else the text itself
 * @throws SyrinxError usage for what a merge patch cannot set: an item of a list, or the whole config
 */
export function settingOf(document: unknown, pointer: string, text: string): object {
  const keys = keysOf(pointer);
  let around = document;
  for (const [index, key] of keys.entries()) {
    if (Array.isArray(around)) {
      const list = `/${keys.slice(0, index).map(escapePointer).join("/")}`;
      throw new SyrinxError(
        "usage",
        `Cannot set ${pointer}, because ${list} is a list, and a list is set as a whole`,
      );
    }
    around =
      typeof around === "object" && around !== null && Object.hasOwn(around, key)
        ? (around as Record<string, unknown>)[key]
        : undefined;
  }
  const [first, ...inner] = keys;
  if (first !== undefined)
    return { [first]: inner.reduceRight((value, key) => ({ [key]: value }), typedValue(text)) };
  throw new SyrinxError(
    "usage",
    "Name a setting, e.g. speech.defaultVoice; for the whole config: syrinx config apply",
  );
}
