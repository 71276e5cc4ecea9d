/**
 * Bounds on the JSON Schema of a plugin's settings. To compile it and to validate with it must not keep the engine from other
 * work, and both take place on the core's thread.
 *
 * @module
 */
import { overLimits } from "../json-limits.ts";
import { LinearPattern } from "./linear-pattern.ts";

/**
 * How many keywords a schema may have, with those behind each `$ref` counted for each reference. ajv compiles so many in about
 * 50 ms.
 */
const MAX_KEYWORDS = 500;
/** How large the programs of all patterns may be together, in instructions. They are compiled in about 50 ms. */
const MAX_INSTRUCTIONS = 5_000;
/** How deep schemas may be nested, in each other or by `$ref`. */
const MAX_DEPTH = 64;
/** How many values settings may have times how many keywords their schema has. That takes about 50 ms. */
const MAX_CHECKS = 1_000_000;
/** How many items a list may have that must be unique. ajv compares each with each. */
const MAX_UNIQUE_ITEMS = 500;

/** Keywords whose members are schemas with names of their own. */
const NAMED = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"];
/** Keywords whose content is data, and those that only describe. */
const DATA = ["const", "enum", "default", "examples", "required", "type", "dependentRequired"];
const DESCRIBING = [
  "title",
  "description",
  "$comment",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
];
/** They lead to schemas that cannot be counted, or make validation asynchronous. */
const REFUSED = ["$async", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor", "$anchor"];

type Json = Record<string, unknown>;

/** What is known of a schema that keeps to the bounds. */
export interface Bounds {
  keywords: number;
  /** Whether it wants the items of some list to be unique. */
  unique: boolean;
}

/** Says why a schema cannot be used, as the end of "because …". */
export class UnusableSchema extends Error {}

/** @throws UnusableSchema */
export function boundsOf(schema: object): Bounds {
  const over = overLimits(schema);
  if (over !== undefined) throw new UnusableSchema(over);
  return countOf(schema, instructionsOf);
}

/** @returns what {@linkcode boundsOf} does, for the schema of a shipped plugin: its patterns are not compiled */
export function boundsOfShipped(schema: object): Bounds {
  return countOf(schema, () => 0);
}

function countOf(schema: object, sizeOfPattern: (pattern: string) => number): Bounds {
  const count = new KeywordCount(schema as Json, sizeOfPattern);
  const keywords = count.of(schema, 0);
  if (keywords > MAX_KEYWORDS)
    throw new UnusableSchema(
      `it has more than ${MAX_KEYWORDS} keywords, counted again for each "$ref" to them`,
    );
  return { keywords, unique: count.unique };
}

/** @returns what is too much about settings, for a violation; undefined: nothing */
export function overBounds(settings: unknown, { keywords, unique }: Bounds): string | undefined {
  const { values, longest } = sizeOf(settings);
  if (values * keywords > MAX_CHECKS) return `have too many values for this plugin's schema: ${values}`;
  if (unique && longest > MAX_UNIQUE_ITEMS)
    return `have a list of ${longest} items, and the plugin's schema allows ${MAX_UNIQUE_ITEMS} where items must be unique`;
  return undefined;
}

/** Counts the keywords of a schema. Each part is counted once, and added for each way that leads to it. */
class KeywordCount {
  unique = false;
  readonly #counted = new Map<object, number>();
  readonly #open = new Set<object>();
  #instructions = 0;

  constructor(
    private readonly root: Json,
    private readonly sizeOfPattern: (pattern: string) => number,
  ) {}

  of(schema: unknown, depth: number): number {
    if (typeof schema !== "object" || schema === null) return 1;
    const known = this.#counted.get(schema);
    if (known !== undefined) return known;
    if (this.#open.has(schema)) throw new UnusableSchema("a part of it refers to itself");
    if (depth > MAX_DEPTH) throw new UnusableSchema(`it is nested more than ${MAX_DEPTH} levels deep`);
    this.#open.add(schema);
    let sum = 1;
    for (const [keyword, value] of Object.entries(schema)) sum += this.#keyword(keyword, value, depth + 1);
    this.#open.delete(schema);
    this.#counted.set(schema, sum);
    return sum;
  }

  #keyword(keyword: string, value: unknown, depth: number): number {
    if (REFUSED.includes(keyword)) throw new UnusableSchema(`it uses "${keyword}"`);
    // The name of the whole is ignored.
    if (keyword === "$id" && depth > 1) throw new UnusableSchema('a part of it has an "$id"');
    if (keyword === "$ref") return 1 + this.of(this.#target(String(value)), depth);
    if (keyword === "uniqueItems") this.unique ||= value === true;
    if (keyword === "pattern" && typeof value === "string") this.#pattern(value);
    if (DESCRIBING.includes(keyword)) return 0;
    if (keyword === "dependentRequired") return 1 + Object.keys(Object(value)).length;
    if (DATA.includes(keyword)) return 1;
    return 1 + this.#parts(keyword, value, depth);
  }

  #parts(keyword: string, value: unknown, depth: number): number {
    if (Array.isArray(value)) return value.reduce((sum: number, part) => sum + this.of(part, depth), 0);
    if (typeof value !== "object" || value === null) return 0;
    if (!NAMED.includes(keyword)) return this.of(value, depth);
    if (keyword === "patternProperties") for (const pattern of Object.keys(value)) this.#pattern(pattern);
    return Object.values(value).reduce((sum: number, part) => sum + this.of(part, depth), 0);
  }

  /** @throws UnusableSchema if the reference leads out of the schema, or to nothing */
  #target(ref: string): unknown {
    if (ref !== "#" && !ref.startsWith("#/"))
      throw new UnusableSchema(`its "$ref" "${ref}" is not a place in it ("#/…")`);
    let at: unknown = this.root;
    for (const part of ref.split("/").slice(1)) {
      const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
      at = Object.hasOwn(Object(at), key) ? (at as Json)[key] : undefined;
    }
    if (at === undefined) throw new UnusableSchema(`its "$ref" "${ref}" leads nowhere`);
    return at;
  }

  #pattern(pattern: string): void {
    this.#instructions += this.sizeOfPattern(pattern);
    if (this.#instructions > MAX_INSTRUCTIONS) throw new UnusableSchema("its patterns are too large");
  }
}

/** @throws UnusableSchema if it has no linear form */
function instructionsOf(pattern: string): number {
  try {
    return new LinearPattern(pattern).instructions;
  } catch (error) {
    throw new UnusableSchema(
      `its pattern ${JSON.stringify(pattern)} cannot be used: ${(error as Error).message}`,
    );
  }
}

/** @returns how many values there are in all, and how long the longest list is. It calls itself no deeper than the JSON is */
function sizeOf(value: unknown): { values: number; longest: number } {
  if (typeof value !== "object" || value === null) return { values: 1, longest: 0 };
  let values = 1;
  let longest = Array.isArray(value) ? value.length : 0;
  for (const member of Object.values(value)) {
    const of = sizeOf(member);
    values += of.values;
    longest = Math.max(longest, of.longest);
  }
  return { values, longest };
}
