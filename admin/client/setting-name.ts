/**
 * Settings as people name and write them. A program names a setting by a JSON pointer (RFC 6901): /speech/defaultVoice. A
 * person writes dots: speech.defaultVoice.
 *
 * @module
 */
import { escapePointer, keysOf } from "../../core/json-pointer.ts";

/** @returns the pointer to the object that holds the setting; "" for a setting at the top */
export function parentPointer(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

/** @returns e.g. speech.defaultVoice; the pointer itself if a key has a dot in it, or is empty */
export function settingName(pointer: string): string {
  const keys = keysOf(pointer);
  return keys.length > 0 && keys.every((key) => /^[^./\s]+$/.test(key)) ? keys.join(".") : pointer;
}

/**
 * @param given a JSON pointer (/speech/defaultVoice) or keys with dots between them (speech.defaultVoice); "" is the whole
 *   config
 * @returns the pointer
 */
export function pointerOf(given: string): string {
  if (given === "" || given.startsWith("/")) return given;
  return given
    .split(".")
    .map((key) => `/${escapePointer(key)}`)
    .join("");
}

/** @returns the value that a person typed: JSON, else the text itself */
export function typedValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
