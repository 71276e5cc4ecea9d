/**
 * Limits on the shape of JSON that comes from outside. Code that walks a document may call itself for each level, and the
 * time of a validation grows with the number of values.
 *
 * @module
 */

/** How deep objects and arrays may be nested. The deepest of our schemas has 8 levels; settings of plugins may add some. */
export const MAX_DEPTH = 64;
/**
 * How many values a document may have: members of objects and items of arrays. 2,000 voices with their settings have fewer.
 * A validation that finds all of them wrong takes about 30 ms.
 */
export const MAX_VALUES = 20_000;
/** How long a key may be, in UTF-16 code units. A pointer repeats the keys that it leads through. */
export const MAX_KEY = 1_000;

/**
 * Checks the shape of a JSON value. It never calls itself, so no depth is too deep for it, and it stops at the first limit.
 *
 * @param maxValues how many values it may have
 * @returns what is too much, as the end of "because …"; undefined: nothing
 */
export function overLimits(value: unknown, maxValues = MAX_VALUES): string | undefined {
  let values = 0;
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return tooDeep();
    const next: object[] = [];
    for (const container of level) {
      const isArray = Array.isArray(container);
      const keys = isArray ? [] : Object.keys(container);
      const members: unknown[] = isArray ? container : Object.values(container);
      values += members.length;
      if (values > maxValues) return tooMany(maxValues);
      if (keys.some((key) => key.length > MAX_KEY)) return `it has a key of more than ${MAX_KEY} characters`;
      for (const member of members) if (isContainer(member)) next.push(member);
    }
    level = next;
  }
  return undefined;
}

/**
 * Checks JSON text before it is parsed: the runtime's parser takes 100 ms and more for 500 kB of open brackets, and 30 ms for
 * 500,000 numbers. Finds no text too large that {@linkcode overLimits} lets pass, but not each that it refuses.
 *
 * @param maxValues how many values it may have
 * @returns what is too much, as the end of "because …"; undefined: nothing. Of text that is not JSON, it may say either
 */
export function textOverLimits(text: string, maxValues = MAX_VALUES): string | undefined {
  let depth = 0;
  // A comma stands between two values.
  let values = 1;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (isInString) {
      if (char === "\\") at++;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === "[" || char === "{") {
      if (++depth > MAX_DEPTH) return tooDeep();
    } else if (char === "]" || char === "}") depth--;
    else if (char === "," && ++values > maxValues) return tooMany(maxValues);
  }
  return undefined;
}

/** @returns the words for a document that is nested too deeply */
export function tooDeep(): string {
  return `it is nested deeper than ${MAX_DEPTH} levels`;
}

/** @returns the words for a document with too many values */
export function tooMany(maxValues = MAX_VALUES): string {
  return `it has more than ${maxValues} values`;
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
