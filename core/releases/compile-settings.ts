/**
 * Compiles the settings' schema of a plugin that did not ship with the engine. ajv takes longer to load than most schemas take
 * to compile, so this file is loaded with the first such plugin.
 *
 * @module
 */
import { Ajv2020, type SchemaObject, type ValidateFunction } from "ajv/dist/2020.js";
import { jsonSchema } from "../../schemas/generated/validators/mod.ts";
import { AJV_CODE, META_SCHEMA, OUTSIDE } from "../ajv-options.ts";
import { linearPatterns } from "./linear-pattern.ts";

/** One instance for all, because creating it costs more than compiling most schemas. */
const outside = new Ajv2020({
  ...OUTSIDE,
  code: { ...AJV_CODE, regExp: linearPatterns, optimize: false },
  // requireSchema does it: ajv would compile the schema of schemas first.
  validateSchema: false,
});

let isSchema: ValidateFunction | undefined;

/**
 * @param schema without `$id`, and within the bounds of schema-bounds.ts
 * @throws Error if it is no valid JSON Schema
 */
export function compileSettings(schema: SchemaObject): ValidateFunction {
  try {
    requireSchema(schema);
    return outside.compile(schema);
  } finally {
    // Otherwise ajv would keep the schema of every manifest that was ever read.
    outside.removeSchema(schema);
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
