/**
 * Validates the settings of a plugin with the schema that the plugin brings.
 *
 * @module
 */
import type { SchemaObject, ValidateFunction } from "ajv";
import { SETTINGS } from "../../schemas/generated/validators/mod.ts";
import type { Violation } from "../errors.ts";
import { toViolations } from "../schema.ts";
import { beginMatching, PatternTooSlow } from "./linear-pattern.ts";
import { type Bounds, boundsOf, boundsOfShipped, overBounds } from "./schema-bounds.ts";

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
  const { check, bounds } = compiled.get(schema) ?? compile(schema);
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

function compile(schema: object): CompiledSettings {
  // Without its $id, because two versions of a plugin may use the same one.
  const nameless: SchemaObject = { type: "object", additionalProperties: false, ...schema, $id: undefined };
  const result = compileShipped(schema, nameless) ?? compileOther(schema, nameless);
  compiled.set(schema, result);
  return result;
}

/** @returns the validator that was generated for a schema of a shipped plugin; undefined: the schema is another one */
function compileShipped(schema: object, nameless: SchemaObject): CompiledSettings | undefined {
  const make = SETTINGS[new Bun.CryptoHasher("sha256").update(JSON.stringify(schema)).digest("hex")];
  return make && { check: make({ settings: nameless }), bounds: boundsOfShipped(schema) };
}

function compileOther(schema: object, nameless: SchemaObject): CompiledSettings {
  const bounds = boundsOf(schema);
  const { compileSettings } = require("./compile-settings.ts") as typeof import("./compile-settings.ts");
  return { check: compileSettings(nameless), bounds };
}
