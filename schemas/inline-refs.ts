/** The part of JSON Schema that the config and the settings of plugins use. */
export interface Schema {
  description?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  propertyNames?: Schema;
  additionalProperties?: boolean | Schema;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  [keyword: string]: unknown;
}

/** @param ref e.g. `#/$defs/Name` of the schema `from`, or `plugin#/$defs/Name` of another */
type Find = (ref: string, from: string) => { schema: Schema; in: string };

/**
 * @param schemas by the name that refs between them use, e.g. `plugin`. No schema may contain itself.
 * @returns the schema of that name with every $ref replaced by its target. Keywords beside a $ref override the target's.
 */
export function inlineRefs(name: string, schemas: Readonly<Record<string, Schema>>): Schema {
  const find: Find = (ref, from) => {
    const [file, path = ""] = ref.split("#") as [string, string?];
    const where = file === "" ? from : file;
    let schema: unknown = schemas[where];
    for (const key of path.split("/").slice(1))
      schema = (schema as Record<string, unknown> | undefined)?.[key];
    if (schema === undefined) throw new Error(`Cannot resolve $ref ${ref} of the schema ${from}`);
    return { schema: schema as Schema, in: where };
  };
  const { $defs: _, ...whole } = find(`${name}#`, name).schema;
  return inlined(whole, name, find) as Schema;
}

function inlined(part: unknown, from: string, find: Find): unknown {
  if (Array.isArray(part)) return part.map((one) => inlined(one, from, find));
  if (typeof part !== "object" || part === null) return part;
  const { $ref, ...beside } = part as { $ref?: unknown };
  const own = Object.fromEntries(
    Object.entries(beside).map(([key, value]) => [key, inlined(value, from, find)]),
  );
  // A property can be named $ref. Its value is then a schema.
  if (typeof $ref !== "string") return $ref === undefined ? own : { $ref: inlined($ref, from, find), ...own };
  const named = find($ref, from);
  return { ...(inlined(named.schema, named.in, find) as Schema), ...own };
}
