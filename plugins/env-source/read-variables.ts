/**
 * From environment variables to a config document. Pure.
 *
 * @module
 */
import type { SourceItem } from "syrinx/sdk";

const SEPARATOR = "__";

/** Members by key: an object that has no keys of its own to begin with, `__proto__` neither. */
type Members = Map<string, Value>;
/** Members stay open for other variables; JSON is whole, unless it is an object. */
type Value = Members | { readonly json: unknown };

/**
 * @param prefix e.g. `SYRINX__`; a variable of that name alone is left out
 * @returns the document that the variables make, or a problem with every variable that is wrong
 */
export function readVariables(
  variables: Readonly<Record<string, string | undefined>>,
  prefix: string,
): SourceItem {
  const origin = `environment variables ${prefix}*`;
  const root: Members = new Map();
  const problems: string[] = [];
  // A variable for an object comes before those for what is in it.
  for (const name of Object.keys(variables).sort()) {
    if (!name.startsWith(prefix) || name === prefix) continue;
    const keys = name.slice(prefix.length).split(SEPARATOR);
    const problem = keys.includes("")
      ? "two keys are to be separated by two underscores, and a key has at least one character"
      : put(root, keys, variables[name] ?? "");
    if (problem) problems.push(`${name}: ${problem}`);
  }
  if (problems.length > 0)
    return { problem: `Cannot read the environment as config: ${problems.join("; ")}`, origin };
  return { document: plain(root) as Record<string, unknown>, origin };
}

/** @returns what is wrong */
function put(root: Members, keys: readonly string[], text: string): string | undefined {
  let value: Value;
  try {
    value = valueOf(text);
  } catch (cause) {
    return `it begins as JSON does and is none (${cause instanceof Error ? cause.message : String(cause)})`;
  }
  let members = root;
  for (const key of keys.slice(0, -1)) {
    const inner = members.get(key) ?? new Map<string, Value>();
    if (!(inner instanceof Map)) return `another variable says that ${key} is no object`;
    members.set(key, inner);
    members = inner;
  }
  const last = keys.at(-1) ?? "";
  const known = members.get(last);
  if (known) return `another variable says what ${last} is`;
  members.set(last, value);
  return undefined;
}

/**
 * What is JSON is that, and all else is text: `8080` is a number, `"8080"` and `tone` are text, `null` takes a default away.
 *
 * @throws SyntaxError for what begins as an object, an array or a quoted text does and is none
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
