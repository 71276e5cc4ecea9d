/**
 * Turns environment variables into a config document. Pure.
 *
 * @module
 */
import type { SourceItem } from "syrinx/sdk";

const SEPARATOR = "__";

/** Members by key. A Map, because a plain object already has keys such as `__proto__`. */
type Members = Map<string, Value>;
/** Other variables can add to members. Any other JSON value is complete. */
type Value = Members | { readonly json: unknown };

/**
 * @param prefix e.g. `SYRINX__`; a variable with exactly this name is ignored
 * @returns the document of the variables, or a problem that lists every wrong variable
 */
export function readVariables(
  variables: Readonly<Record<string, string | undefined>>,
  prefix: string,
): SourceItem {
  const origin = `environment variables ${prefix}*`;
  const root: Members = new Map();
  const problems: string[] = [];
  // Sorted, a variable for an object comes before the variables for its keys.
  for (const name of Object.keys(variables).sort()) {
    if (!name.startsWith(prefix) || name === prefix) continue;
    const keys = name.slice(prefix.length).split(SEPARATOR);
    const problem = keys.includes("")
      ? "separate keys by two underscores, and give each key at least one character"
      : put(root, keys, variables[name] ?? "");
    if (problem) problems.push(`${name}: ${problem}`);
  }
  if (problems.length > 0)
    return { problem: `Cannot read the environment as config: ${problems.join("; ")}`, origin };
  return { document: plain(root) as Record<string, unknown>, origin };
}

/** @returns the mistake, if there is one */
function put(root: Members, keys: readonly string[], text: string): string | undefined {
  let value: Value;
  try {
    value = valueOf(text);
  } catch (cause) {
    return `it begins like JSON but is not valid (${cause instanceof Error ? cause.message : String(cause)})`;
  }
  let members = root;
  for (const key of keys.slice(0, -1)) {
    const inner = members.get(key) ?? new Map<string, Value>();
    if (!(inner instanceof Map)) return `another variable sets ${key} to a value that is not an object`;
    members.set(key, inner);
    members = inner;
  }
  const last = keys.at(-1) ?? "";
  const known = members.get(last);
  if (known) return `another variable also sets ${last}`;
  members.set(last, value);
  return undefined;
}

/**
 * Reads JSON as JSON and everything else as text: `8080` is a number, `"8080"` and `tone` are text, `null` removes a
 * default.
 *
 * @throws SyntaxError if the text begins like an object, an array or a quoted text but is not valid JSON
 */
function valueOf(text: string): Value {
  const isMeantAsJson = /^\s*[[{"]/.test(text);
  try {
    return opened(JSON.parse(text));
  } catch (cause) {
    if (isMeantAsJson) throw cause;
    return { json: text };
  }
}

function opened(json: unknown): Value {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return { json };
  return new Map(Object.entries(json).map(([key, value]) => [key, opened(value)]));
}

function plain(value: Value): unknown {
  if (!(value instanceof Map)) return value.json;
  return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
}
