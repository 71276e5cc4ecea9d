/**
 * How ajv compiles our schemas: ahead of time into schemas/generated/validators, or when the engine runs.
 *
 * @module
 */

/**
 * For each entry with a mistake, the code that ajv generates for a `$ref` makes a new list of all errors so far. This makes it
 * add to the list, so that the time stays linear.
 */
export const AJV_CODE = {
  process: (generated: string) =>
    generated.replace(
      /vErrors\.concat\((\w+\.errors)\)/g,
      "($1.forEach((error) => vErrors.push(error)), vErrors)",
    ),
};

/** For values that are checked with our own schemas. */
export const CHECKING = {
  allErrors: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  verbose: true,
} as const;

/** To fill in the defaults of a schema, in values that are valid already. */
export const FILLING = { strict: false, useDefaults: true, messages: false } as const;

/** For schemas of plugins. ajv would write what a plugin says to the terminal, e.g. the name of an unknown format. */
export const OUTSIDE = {
  allErrors: true,
  strict: false,
  useDefaults: true,
  verbose: true,
  logger: false,
} as const;

/** The schema that JSON Schemas themselves must match, if they name no other. */
export const META_SCHEMA = "https://json-schema.org/draft/2020-12/schema";
