/**
 * Validates the settings of a plugin with the schema that the plugin brings.
 *
 * @module
 */
import { Ajv2020, type SchemaObject, type ValidateFunction } from "ajv/dist/2020.js";
import { jsonSchema } from "../../schemas/generated/validators/mod.ts";
import { AJV_CODE, META_SCHEMA, OUTSIDE } from "../ajv-options.ts";
import type { Violation } from "../errors.ts";
import { toViolations } from "../schema.ts";
import { beginMatching, linearPatterns, PatternTooSlow } from "./linear-pattern.ts";
import { type Bounds, boundsOf, overBounds } from "./schema-bounds.ts";

/** For schemas of plugins. One instance for all, because creating it costs more than compiling most schemas. */
const outside = new Ajv2020({
  ...OUTSIDE,
  code: { ...AJV_CODE, regExp: linearPatterns, optimize: false },
  // requireSchema does it: ajv would compile the schema of schemas at each start of the engine.
  validateSchema: false,
});

let isSchema: ValidateFunction | undefined;

interface CompiledSettings {
  check: ValidateFunction;
  bounds: Bounds;
}

const compiled = new WeakMap<object, CompiledSettings>();

/**
 * Compiles the schema of a plugin's settings. The validator fills in the defaults. Both take 50 ms at most.
 *
 * @throws UnusableSchema if it is beyond the bounds of schema-bounds.ts; another Error if it is no valid JSON Schema
 */
export function settingsValidator(schema: object): (settings: unknown) => Violation[] {
  const { check, bounds } = compiled.get(schema) ?? compileSettings(schema);
  return (settings) => {
    const over = overBounds(settings, bounds);
    if (over !== undefined) return [{ pointer: "", message: over }];
    beginMatching();
    try {
      return check(settings) ? [] : toViolations(check.errors ?? []);
    } catch (error) {
      if (!(error instanceof PatternTooSlow)) throw error;
      return [
        { pointer: "", message: "have texts that are too long for the patterns of this plugin's schema" },
      ];
    }
  };
}

function compileSettings(schema: object): CompiledSettings {
  const bounds = boundsOf(schema);
  // Without its $id, because two versions of a plugin may use the same one.
  const nameless: SchemaObject = { type: "object", additionalProperties: false, ...schema, $id: undefined };
  try {
    requireSchema(nameless);
    const result = { check: outside.compile(nameless), bounds };
    compiled.set(schema, result);
    return result;
  } finally {
    // Otherwise ajv would keep the schema of every manifest that was ever read.
    outside.removeSchema(nameless);
  }
}

/** @throws Error if it is no JSON Schema, in the words of ajv */
function requireSchema(schema: SchemaObject): void {
  // ajv knows this one schema of schemas, and refuses every other name.
  if (schema.$schema !== undefined && schema.$schema !== META_SCHEMA) {
    void outside.validateSchema(schema, true);
    return;
  }
  isSchema ??= jsonSchema({});
  if (!isSchema(schema)) throw new Error(`schema is invalid: ${outside.errorsText(isSchema.errors)}`);
}
