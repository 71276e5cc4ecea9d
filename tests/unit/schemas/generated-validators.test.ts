import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { ErrorObject } from "ajv";
import { Glob } from "bun";
import fc from "fast-check";
import { compileSchema } from "../../../core/compile-schema.ts";
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

/** Objects with the keys and words of the schemas: most of them have a few mistakes. */
const VALUES = fc.object({
  key: fc.constantFrom(...(wordsOf("properties") as string[])),
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

/** What an error of ajv says, without the functions and objects in it. */
const told = (errors: readonly ErrorObject[] | null | undefined) =>
  (errors ?? []).map(({ instancePath, schemaPath, message }) => ({ instancePath, schemaPath, message }));

test("a start of the engine compiles no schema of its own: all that the core checks has a generated validator", async () => {
  const refs = await refsOfCore();
  expect(refs.length).toBeGreaterThan(10);
  expect(Object.keys(VALIDATORS).sort()).toEqual(refs);
});

test("a start of the engine loads nothing that compiles schemas until a plugin's settings are read", async () => {
  const code = `await import(${JSON.stringify(join(CORE, "config/layers/validate.ts"))}).then((m) => m.defaultConfig());
    console.log(Object.keys(require.cache).filter((path) => path.includes("/ajv/") && !path.includes("/runtime/")).length);`;
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

  test("and the schemas in its errors are those that are searched for the words", () => {
    const generated = VALIDATORS["syrinx:config"]!(SCHEMAS);
    expect(generated({ log: { level: "loud" } })).toBe(false);
    const [error] = generated.errors!;
    expect(error?.parentSchema).toBe(SCHEMAS.config.properties.log.properties.level);
  });
});
