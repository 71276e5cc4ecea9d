import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { AJV_CODE, CHECKING } from "./ajv-options.ts";

let ajv: Ajv2020 | undefined;

/**
 * Compiles a schema while the program runs.
 *
 * @param ref e.g. `syrinx:api#/$defs/SpeechRequest`
 * @param schemas every schema that it refers to. Those of the first call are kept
 * @throws Error if there is no such schema
 */
export function compileSchema(ref: string, schemas: readonly object[]): ValidateFunction {
  ajv ??= new Ajv2020({ ...CHECKING, code: AJV_CODE, schemas: [...schemas] });
  const validate = ajv.getSchema(ref);
  if (!validate) throw new Error(`No schema ${ref}`);
  return validate;
}
