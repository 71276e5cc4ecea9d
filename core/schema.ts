/**
 * Validates values against the files in schemas/, the same that the types are generated from.
 *
 * @module
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { distance } from "fastest-levenshtein";
import api from "../schemas/api.schema.json";
import config from "../schemas/config.schema.json";
import hooks from "../schemas/hooks.schema.json";
import launch from "../schemas/launch.schema.json";
import model from "../schemas/model.schema.json";
import plugin from "../schemas/plugin.schema.json";
import protocol from "../schemas/protocol.schema.json";
import swap from "../schemas/swap.schema.json";
import type { Violation } from "./errors.ts";

/** Every schema by its $id, e.g. `syrinx:plugin`. */
export const SCHEMAS = { api, config, hooks, launch, model, plugin, protocol, swap };

const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  verbose: true,
});
for (const schema of Object.values(SCHEMAS)) ajv.addSchema(schema);

/** Tells whether a value is of a shape; `violations` says why the last value was not. */
export interface Validator<T> {
  (value: unknown): value is T;
  violations(): Violation[];
}

/**
 * @param ref e.g. `syrinx:plugin` or `syrinx:api#/$defs/SpeechRequest`
 * @returns a validator that T must agree with
 */
export function validator<T>(ref: string): Validator<T> {
  let compiled: ValidateFunction | undefined;
  const get = () => {
    compiled ??= ajv.getSchema(ref);
    if (!compiled) throw new Error(`No schema ${ref}`);
    return compiled;
  };
  const check = (value: unknown): value is T => get()(value) as boolean;
  return Object.assign(check, { violations: () => toViolations(get().errors ?? []) });
}

/**
 * Compiles a schema that came from outside, e.g. the settings of a plugin, filling in its defaults.
 *
 * @throws Error if it is no valid JSON Schema
 */
export function settingsValidator(schema: object): (settings: unknown) => Violation[] {
  const own = new Ajv2020({ allErrors: true, strict: false, useDefaults: true, verbose: true });
  const check = own.compile({ type: "object", additionalProperties: false, ...schema });
  return (settings) => (check(settings) ? [] : toViolations(check.errors ?? []));
}

function toViolations(errors: ErrorObject[]): Violation[] {
  const violations = new Map<string, Violation>();
  for (const error of errors) {
    // What matters of a failed alternative is in the errors of its branches.
    if (error.keyword === "oneOf" && errors.length > 1) continue;
    const violation = describe(error);
    violations.set(`${violation.pointer} ${violation.message}`, violation);
  }
  return [...violations.values()];
}

function describe(error: ErrorObject): Violation {
  const pointer = error.instancePath;
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(error.params.additionalProperty);
      const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
      return {
        pointer: `${pointer}/${escapePointer(key)}`,
        message: `unknown key "${key}"${nearest(key, known)}`,
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
        message: description ? `must be: ${description}` : `must match ${error.params.pattern}`,
      };
    }
    default:
      return { pointer, message: error.message ?? error.keyword };
  }
}

/** @returns ` (did you mean "..."?)` for the key that is nearest, or all keys if none is near. */
function nearest(key: string, known: string[]): string {
  const [best] = known
    .map((name) => ({ name, d: distance(key.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.d - b.d);
  if (!best) return "";
  if (best.d <= Math.max(2, key.length / 3)) return ` (did you mean "${best.name}"?)`;
  return ` (known: ${known.join(", ")})`;
}

/** Escapes one reference token of a JSON pointer (RFC 6901 §3). */
export function escapePointer(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}
