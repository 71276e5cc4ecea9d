/**
 * Values of any kind that a schema of the engine allows, for tests of what reads them.
 *
 * @module
 */
import fc from "fast-check";
import api from "../../schemas/api.schema.json" with { type: "json" };
import config from "../../schemas/config.schema.json" with { type: "json" };
import event from "../../schemas/event.schema.json" with { type: "json" };
import type { Schema } from "../../schemas/inline-refs.ts";
import plugin from "../../schemas/plugin.schema.json" with { type: "json" };
import swap from "../../schemas/swap.schema.json" with { type: "json" };

/** What replaces a schema's own values, by the name of the property that holds them. */
export type Special = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const FILES = { api, config, event, plugin, swap } as unknown as Readonly<Record<string, Schema>>;

/**
 * @param ref e.g. `api#/$defs/SlotView`, or `event` for the whole of it
 * @param special what texts and numbers of that name are, where the schema says no more than that they are some
 * @param text any other text
 * @returns everything that fits the schema; what may be absent often is
 */
export function valuesOf(ref: string, special: Special, text: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const made = new Map<string, fc.Arbitrary<unknown>>();
  const named = (ref: string, from: string): fc.Arbitrary<unknown> => {
    const [file = "", path = ""] = ref.split("#");
    const where = file === "" ? from : file;
    const key = `${where}#${path}`;
    const known = made.get(key);
    if (known) return known;
    const schema = path
      .split("/")
      .slice(1)
      .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], FILES[where]);
    if (schema === undefined) throw new Error(`Cannot resolve $ref ${ref} of the schema ${from}`);
    const values = of(schema as Schema, where, "");
    made.set(key, values);
    return values;
  };

  const of = (schema: Schema, from: string, name: string): fc.Arbitrary<unknown> => {
    const { $ref, type, items, enum: options, anyOf, minimum = 0 } = schema;
    const oneOf = schema.oneOf as Schema[] | undefined;
    if (typeof $ref === "string") return special[name] ?? named($ref, from);
    if ("const" in schema) return fc.constant(schema.const);
    if (options) return fc.constantFrom(...options);
    const ways = anyOf ?? oneOf;
    if (ways) return fc.oneof(...ways.map((way) => of(way, from, name)));
    if (Array.isArray(type)) return fc.oneof(...type.map((one) => of({ ...schema, type: one }, from, name)));
    const own = special[name];
    switch (type) {
      case "array":
        return fc.array(of(items ?? {}, from, name), { maxLength: 4 });
      case "string":
        return own ?? text;
      case "integer":
        return own ?? integers(minimum as number);
      case "number":
        return own ?? numbers(minimum as number);
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      case "object":
        return own ?? objects(schema, from);
      default:
        return own ?? fc.jsonValue({ maxDepth: 2 });
    }
  };

  const objects = ({ properties, required = [], additionalProperties: more }: Schema, from: string) => {
    if (!properties)
      return fc.dictionary(
        text,
        typeof more === "object" ? of(more, from, "") : fc.jsonValue({ maxDepth: 2 }),
        {
          maxKeys: 3,
        },
      );
    const values = Object.entries(properties).map(([name, one]) => [name, of(one, from, name)] as const);
    return fc.record(Object.fromEntries(values), { requiredKeys: required, noNullPrototype: true });
  };

  return named(ref, "api");
}

function integers(least: number): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constant(least),
    fc.integer({ min: least, max: 20 }),
    fc.integer({ min: least, max: 2 ** 40 }),
  );
}

function numbers(least: number): fc.Arbitrary<number> {
  return fc.oneof(fc.constant(least), fc.double({ min: least, max: 1e6, noNaN: true }));
}
