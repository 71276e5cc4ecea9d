/**
 * Validates values with the files in schemas/. The types are generated from the same files.
 *
 * @module
 */
import type { ErrorObject, ValidateFunction } from "ajv";
import { distance } from "fastest-levenshtein";
import api from "../schemas/api.schema.json";
import config from "../schemas/config.schema.json";
import event from "../schemas/event.schema.json";
import { VALIDATORS } from "../schemas/generated/validators/mod.ts";
import hooks from "../schemas/hooks.schema.json";
import launch from "../schemas/launch.schema.json";
import model from "../schemas/model.schema.json";
import plugin from "../schemas/plugin.schema.json";
import protocol from "../schemas/protocol.schema.json";
import swap from "../schemas/swap.schema.json";
import { choiceText } from "./choice-text.ts";
import type { Violation } from "./errors.ts";
import { escapePointer } from "./json-pointer.ts";

/** Every schema by its $id, e.g. `syrinx:plugin`. */
export const SCHEMAS = { api, config, event, hooks, launch, model, plugin, protocol, swap };

/** Checks whether a value matches a schema. `violations` lists the mistakes of the last value. */
export interface Validator<T> {
  (value: unknown): value is T;
  violations(): Violation[];
}

/**
 * @param ref e.g. `syrinx:plugin` or `syrinx:api#/$defs/SpeechRequest`
 * @returns a validator; T must be the type of the schema
 */
export function validator<T>(ref: string): Validator<T> {
  let compiled: ValidateFunction | undefined;
  const get = () => {
    compiled ??= VALIDATORS[ref]?.(SCHEMAS) ?? compile(ref);
    return compiled;
  };
  const check = (value: unknown): value is T => get()(value) as boolean;
  return Object.assign(check, { violations: () => toViolations(get().errors ?? []) });
}

/**
 * Compiles what has no generated validator: schemas/validators.ts lists those that the engine needs. ajv is loaded here, because
 * loading it and compiling a schema take as long as the rest of a start.
 */
function compile(ref: string): ValidateFunction {
  const { compileSchema } = require("./compile-schema.ts") as typeof import("./compile-schema.ts");
  return compileSchema(ref, Object.values(SCHEMAS));
}

/** An error of ajv, and the violation that reports it. */
interface Found {
  error: ErrorObject;
  violation: Violation;
}

/** How many violations are told. More would help nobody, and one of them may be long. */
export const MAX_TOLD = 100;
/** How many errors of ajv are read. Those of all branches of a choice become one violation. */
const MAX_READ = 5_000;

/** @returns what the errors of ajv say, in words for people; at most 100 */
export function toViolations(errors: readonly ErrorObject[]): Violation[] {
  let found: Found[] = [];
  for (const error of errors.slice(0, MAX_READ)) {
    // ajv has already listed the errors of the name itself.
    if (error.keyword === "propertyNames") continue;
    if (error.keyword === "oneOf" || error.keyword === "anyOf") found = settleChoice(found, error);
    else found.push({ error, violation: describe(error) });
  }
  const told = new Map(
    found.map(({ violation }) => [`${violation.pointer} ${violation.message}`, violation]),
  );
  return firstViolations([...told.values()], errors.length - Math.min(errors.length, MAX_READ));
}

/**
 * @param untold how many more there are, that are not in the list
 * @returns the first 100 of the list; if there are more, the last one says how many
 */
export function firstViolations<T extends Violation>(list: readonly T[], untold = 0): (T | Violation)[] {
  const more = list.length + untold - MAX_TOLD;
  if (more <= 0) return [...list];
  return [...list.slice(0, MAX_TOLD), { pointer: "", message: `and ${more} more` }];
}

/**
 * ajv lists the errors of every branch of a `oneOf` or `anyOf`, and then an error that none matches. Only the errors of
 * the intended branch are useful: the branch with the right type or tag, and the fewest errors.
 *
 * @param found the errors before the choice, which is changed: those of the branches are its last ones
 */
function settleChoice(found: Found[], choice: ErrorObject): Found[] {
  const pointer = choice.instancePath;
  const schemas = choice.schema as Json[];
  const isOfBranch = ({ error }: Found) =>
    error.instancePath.startsWith(pointer) &&
    schemas.some((branch) => partsOf(branch).has(error.parentSchema as Json));
  const own = found.splice(found.findLastIndex((one) => !isOfBranch(one)) + 1);
  const others = found;
  const branches = schemas.map((branch) =>
    own.filter(({ error }) => partsOf(branch).has(error.parentSchema as Json)),
  );
  if (branches.every((branch) => branch.length === 0) && !choice.params.passingSchemas)
    return added(others, { error: choice, violation: describe(choice) });
  const asOneError = (message: string, at = pointer) =>
    added(others, { error: choice, violation: { pointer: at, message } });
  const all = choiceText(choice.schema as Json[]);
  if (all !== undefined && !choice.params.passingSchemas) return asOneError(`must be ${all}`);
  if (choice.params.passingSchemas) {
    const keys = (choice.schema as { required?: string[] }[]).flatMap(({ required = [] }) => required);
    return asOneError(`must have only one of ${quoted(keys, "and")}`);
  }
  const wrong = branches.map((branch) => branch.find(({ error }) => isOfAnotherKind(error, pointer))?.error);
  const right = branches.filter((branch, index) => branch.length > 0 && !wrong[index]);
  if (right.length > 1 && right.flat().every(({ error }) => error.keyword === "required"))
    return asOneError(
      `needs ${quoted([...new Set(right.flat().map(({ error }) => error.params.missingProperty as string))], "or")}`,
    );
  if (right.length > 0) return added(others, ...right.sort((a, b) => a.length - b.length)[0]!);
  const kinds = wrong.flatMap((error) => (error ? [error] : []));
  if (kinds.length > 0 && kinds.every(({ keyword }) => keyword === "type"))
    return asOneError(
      `must be ${[...new Set(kinds.map(({ params }) => params.type as string))].join(" or ")}`,
    );
  const tags = kinds.filter(({ keyword }) => keyword === "const");
  const values = tags.map(({ params }) => JSON.stringify(params.allowedValue));
  return asOneError(`must be one of ${values.join(", ")}`, tags[0]?.instancePath);
}

/** Adds to the list itself: a copy for each choice would take quadratic time. */
function added(list: Found[], ...more: readonly Found[]): Found[] {
  for (const one of more) list.push(one);
  return list;
}

/** Whether an error shows that its branch was not intended: it has another type, or another tag one level below. */
function isOfAnotherKind({ keyword, instancePath }: ErrorObject, pointer: string): boolean {
  if (keyword === "type") return instancePath === pointer;
  return keyword === "const" && instancePath.slice(0, instancePath.lastIndexOf("/")) === pointer;
}

type Json = Record<string, unknown>;

/** The parts of each branch of a choice that had an error. */
const parts = new WeakMap<Json, ReadonlySet<unknown>>();

/** @returns the schema itself, and every schema in it or in one that it refers to */
function partsOf(branch: Json): ReadonlySet<unknown> {
  const known = parts.get(branch);
  if (known) return known;
  const found = new Set<unknown>();
  collectParts(branch, found);
  parts.set(branch, found);
  return found;
}

function collectParts(schema: unknown, found: Set<unknown>): void {
  if (typeof schema !== "object" || schema === null || found.has(schema)) return;
  found.add(schema);
  for (const [key, value] of Object.entries(schema))
    collectParts(key === "$ref" ? definition(String(value)) : value, found);
}

/** @returns the target of a reference. Each name is defined in only one schema */
function definition(ref: string): unknown {
  const name = ref.split("/$defs/")[1];
  const schemas: Record<string, Json> = SCHEMAS;
  if (name === undefined) return schemas[ref];
  return Object.values(schemas)
    .map(({ $defs }) => ($defs as Json | undefined)?.[name])
    .find(Boolean);
}

/** @returns e.g. `"entry" or "command"` */
function quoted(keys: readonly string[], word: "and" | "or"): string {
  return keys.map((key) => `"${key}"`).join(` ${word} `);
}

function describe(error: ErrorObject): Violation {
  // The mistake of a key has the position of the key.
  const key = error.propertyName === undefined ? "" : `/${escapePointer(error.propertyName)}`;
  const pointer = error.instancePath + key;
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(error.params.additionalProperty);
      const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
      return {
        pointer: `${pointer}/${escapePointer(key)}`,
        message: `unknown key "${shortened(key)}"${nearest(key, known)}`,
      };
    }
    case "required":
      return { pointer, message: `"${error.params.missingProperty}" is missing` };
    case "enum":
      return { pointer, message: `must be one of ${(error.params.allowedValues as unknown[]).join(", ")}` };
    case "const":
      return { pointer, message: `must be ${JSON.stringify(error.params.allowedValue)}` };
    case "pattern": {
      const description = (error.parentSchema as { description?: string } | undefined)?.description;
      return {
        pointer,
        message: `${key ? `the name "${shortened(error.propertyName ?? "")}" ` : ""}must ${description ? `be: ${description}` : `match ${error.params.pattern}`}`,
      };
    }
    case "minProperties": {
      const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
      return {
        pointer,
        message: `needs at least ${error.params.limit} of ${known.join(", ") || "its keys"}`,
      };
    }
    default:
      return { pointer, message: error.message ?? error.keyword };
  }
}

/** Longest name that is looked up or shown whole, in UTF-16 code units. */
const MAX_NAME = 100;

/** @returns a name for a message, cut if it is long */
export function shortened(name: string): string {
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name;
}

/** @returns ` (did you mean "..."?)` with the nearest key, or all keys if none is near */
function nearest(key: string, known: string[]): string {
  const wanted = shortened(key).toLowerCase();
  const [best] = known
    .map((name) => ({ name, d: distance(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.d - b.d);
  if (!best) return "";
  if (best.d <= Math.max(2, wanted.length / 3)) return ` (did you mean "${best.name}"?)`;
  return ` (known: ${known.join(", ")})`;
}
