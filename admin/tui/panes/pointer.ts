/**
 * How a person names a place in the config, which a program names by a JSON pointer (RFC 6901): with dots.
 *
 * @module
 */
import { keysOf } from "../../../core/json-pointer.ts";

/** @returns the pointer to what `pointer` is in; of a top key, "" */
export function around(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

/** @returns e.g. speech.defaultVoice; the pointer itself where a key has a dot in it, or nothing */
export function settingName(pointer: string): string {
  const keys = keysOf(pointer);
  return keys.length > 0 && keys.every((key) => /^[^./\s]+$/.test(key)) ? keys.join(".") : pointer;
}
