import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { ErrorObject } from "ajv";
import { Glob } from "bun";
import fc from "fast-check";
import { compileSchema } from "../../../core/compile-schema.ts";
import { settingsValidator } from "../../../core/releases/settings-validator.ts";
import { SCHEMAS } from "../../../core/schema.ts";
import { VALIDATORS } from "../../../schemas/generated/validators/mod.ts";

const CORE = join(import.meta.dir, "../../../core");

/** @returns every reference to a schema by which the core checks values */
async function refsOfCore(): Promise<string[]> {
  const refs = new Set<string>();
  for (const path of new Glob("**/*.ts").scanSync(CORE)) {
    const text = await Bun.file(join(CORE, path)).text();
    for (const [, ref = ""] of text.matchAll(/(?:validator<[^(]+>\(|\bbody: )"(syrinx:[^"]+)"/g))
      refs.add(ref);
  }
  return [...refs].sort();
}

/** @returns every value of that keyword in the schemas, and every key if it is `properties` */
function wordsOf(keyword: "enum" | "const" | "properties", schema: unknown = SCHEMAS): unknown[] {
  if (typeof schema !== "object" || schema === null) return [];
  const words = Object.entries(schema).flatMap(([key, value]) => {
    if (key !== keyword) return [];
    if (keyword === "const") return [value];
    return keyword === "enum" ? (value as unknown[]) : Object.keys(value);
  });
  return [...words, ...Object.values(schema).flatMap((part) => wordsOf(keyword, part))];
}

/** @returns objects with those keys, and words of the schemas: most of them have a few mistakes */
const objectsOf = (keys: readonly string[]) =>
  fc.object({
    key: fc.constantFrom(...keys),
    values: [
      fc.constantFrom(...wordsOf("enum"), ...wordsOf("const")),
      fc.integer({ min: -1, max: 70_000 }),
      fc.double(),
      fc.boolean(),
      fc.string(),
      fc.constantFrom("a@^1.0.0", "a-b", "127.0.0.1", "1.0.0", null),
    ],
    maxDepth: 4,
    maxKeys: 8,
  });
const VALUES = objectsOf(wordsOf("properties") as string[]);

/** The schema of the settings of each plugin that ships, by its folder. */
const SHIPPED: [string, object][] = [];
for (const path of [...new Glob("*/plugin.json").scanSync(join(CORE, "../plugins"))].sort()) {
  const { settings } = (await Bun.file(join(CORE, "../plugins", path)).json()) as { settings?: object };
  if (settings) SHIPPED.push([path, settings]);
}

/** What an error of ajv says, without the functions and objects in it. */
const told = (errors: readonly ErrorObject[] | null | undefined) =>
  (errors ?? []).map(({ instancePath, schemaPath, message }) => ({ instancePath, schemaPath, message }));

test("a start of the engine compiles no schema of its own: all that the core checks has a generated validator", async () => {
  const refs = await refsOfCore();
  expect(refs.length).toBeGreaterThan(10);
  expect(Object.keys(VALIDATORS).sort()).toEqual(refs);
});

test("a start of the engine with the plugins that ship loads nothing that compiles schemas", () => {
  const catalog = JSON.stringify(join(CORE, "releases/catalog.ts"));
  const paths = JSON.stringify({ plugins: [{ path: join(CORE, "../plugins"), trusted: true }], models: [] });
  const code = `await import(${JSON.stringify(join(CORE, "config/layers/validate.ts"))}).then((m) => m.defaultConfig());
    const found = await import(${catalog}).then((m) => m.Catalog.scan(${paths}));
    if (found.plugins.length < 5) throw new Error("The plugins that ship are not found");
    console.log(Object.keys(require.cache).filter((path) => /\\/(ajv|re2js)\\/(?!dist\\/runtime)/.test(path)).length);`;
  const { stdout } = Bun.spawnSync([process.execPath, "-e", code]);
  expect(stdout.toString()).toBe("0\n");
});

describe("a generated validator says the same as ajv does with the schema", () => {
  test.each(Object.keys(VALIDATORS))("%s", (ref) => {
    const generated = VALIDATORS[ref]!(SCHEMAS);
    const compiled = compileSchema(ref, Object.values(SCHEMAS));
    fc.assert(
      fc.property(VALUES, (value) => {
        expect(generated(value)).toBe(compiled(value));
        expect(told(generated.errors)).toEqual(told(compiled.errors));
      }),
      { numRuns: 300 },
    );
  });

  test.each(SHIPPED)("the settings of %s, which get the same defaults", (_, schema) => {
    const generated = settingsValidator(schema);
    // One more key makes it another schema, which is compiled.
    const compiled = settingsValidator({ ...schema, $comment: "compiled" });
    const values = objectsOf(wordsOf("properties", schema) as string[]);
    fc.assert(
      fc.property(values, (value) => {
        const [one, other] = [structuredClone(value), structuredClone(value)];
        expect(generated(one)).toEqual(compiled(other));
        expect(one).toEqual(other);
      }),
    );
  });

  test("and the schemas in its errors are those that are searched for the words", () => {
    const generated = VALIDATORS["syrinx:config"]!(SCHEMAS);
    expect(generated({ log: { level: "loud" } })).toBe(false);
    const [error] = generated.errors!;
    expect(error?.parentSchema).toBe(SCHEMAS.config.properties.log.properties.level);
  });
});
