import { describe, expect, test } from "bun:test";
import { UnusableSchema } from "../../../../core/releases/schema-bounds.ts";
import { settingsValidator } from "../../../../core/releases/settings-validator.ts";

type Schema = Record<string, unknown>;

/** @returns what is wrong with settings */
function mistakes(schema: Schema, settings: unknown): string[] {
  return settingsValidator(schema)(settings).map(({ pointer, message }) => `${pointer} ${message}`);
}

function refusal(schema: Schema): string {
  try {
    settingsValidator(schema);
  } catch (error) {
    expect(error).toBeInstanceOf(UnusableSchema);
    return (error as Error).message;
  }
  return "none";
}

function numbered(n: number, member: (i: number) => unknown): Schema {
  return Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, member(i)]));
}

/** Each definition refers twice to the one before. */
function doubling(levels: number): Schema {
  const two = (i: number) => Array.from({ length: 2 }, () => ({ $ref: `#/$defs/k${i}` }));
  const $defs = numbered(levels, (i) => (i === 0 ? { type: "string" } : { anyOf: two(i - 1) }));
  return { $defs, properties: { a: { $ref: `#/$defs/k${levels - 1}` } } };
}

describe("a pattern in the schema of a plugin", () => {
  // The runtime's engine takes a second for each, and then gives up.
  test.each(["^(a+)+$", "^(a|a)*$", "^(.*a){20}.$"])("is matched in linear time: %s", (pattern) => {
    const properties = numbered(5, () => ({ pattern }));
    const settings = numbered(5, () => `${"a".repeat(2_000)}!b`);
    const start = performance.now();
    expect(mistakes({ properties }, settings)).toEqual(
      Object.keys(settings).map((key) => `/${key} must match ${pattern}`),
    );
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test("is matched in linear time as the name of keys", () => {
    const keys = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`${"a".repeat(500)}!${i}`, 1]));
    const start = performance.now();
    expect(mistakes({ patternProperties: { "^(a+)+$": {} } }, keys)).toHaveLength(5);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test("means what it means in JavaScript, and is not taken for another", () => {
    const schema = {
      properties: {
        letter: { pattern: "^\\u0061\\-[\\p{L}\\d]$" },
        address: { pattern: "^https?://[^@\\s]+$" },
      },
    };
    expect(mistakes(schema, { letter: "a-é", address: "https://example.org" })).toEqual([]);
    expect(mistakes(schema, { letter: "https://example.org", address: "a-é" })).toHaveLength(2);
  });

  test.each(["(?=a)b", "(a)\\1", "("])("that has no linear form makes the schema unusable: %s", (pattern) => {
    const why = `its pattern ${JSON.stringify(pattern)} cannot be used: `;
    expect(refusal({ properties: { a: { pattern } } })).toStartWith(why);
    expect(refusal({ patternProperties: { [pattern]: {} } })).toStartWith(why);
  });

  test("may be large, but not without end", () => {
    expect(refusal({ properties: { a: { pattern: "^[a-z]{1,1000}$" } } })).toBe("none");
    expect(refusal({ properties: numbered(4, () => ({ pattern: "^[a-z]{1,1000}$" })) })).toBe(
      "its patterns are too large",
    );
  });

  test("is not matched with texts that would take long", () => {
    const schema = { properties: { a: { pattern: "^[a-z]{1,1000}$" } } };
    expect(mistakes(schema, { a: "a".repeat(1_000) })).toEqual([]);
    expect(mistakes(schema, { a: "a".repeat(100_000) })).toEqual([
      " have texts that are too long for the patterns of this plugin's schema",
    ]);
  });
});

describe("the schema of a plugin", () => {
  test("may have 500 keywords, counted again for each reference", () => {
    expect(refusal({ properties: numbered(240, () => ({ type: "string" })) })).toBe("none");
    const most = 'it has more than 500 keywords, counted again for each "$ref" to them';
    expect(refusal({ properties: numbered(500, () => ({ type: "string" })) })).toBe(most);
    expect(refusal(doubling(5))).toBe("none");
    expect(refusal(doubling(30))).toBe(most);
  });

  test("may be described and list values at any length", () => {
    const voices = Array.from({ length: 2_000 }, (_, i) => `voice ${i}`);
    expect(refusal({ properties: { a: { enum: voices, description: "x".repeat(100_000) } } })).toBe("none");
  });

  test("may have keys that are called like a keyword", () => {
    const properties = { pattern: { type: "string" }, $ref: { type: "string" }, default: { type: "number" } };
    expect(mistakes({ properties }, { pattern: "(", $ref: "x", default: 1 })).toEqual([]);
  });

  test.each([
    ["that refers to itself", { properties: { a: { $ref: "#" } } }, "a part of it refers to itself"],
    [
      "that never ends",
      { $defs: { x: { allOf: [{ $ref: "#/$defs/x" }] } }, properties: { a: { $ref: "#/$defs/x" } } },
      "a part of it refers to itself",
    ],
    ["that is asynchronous", { $async: true, properties: {} }, 'it uses "$async"'],
    ["with a part that is", { properties: { a: { $async: true } } }, 'it uses "$async"'],
    ["with dynamic references", { properties: { a: { $dynamicRef: "#x" } } }, 'it uses "$dynamicRef"'],
    [
      "whose parts have names of their own",
      { properties: { a: { $id: "x:y" } } },
      'a part of it has an "$id"',
    ],
    ["that refers to another", { $ref: "syrinx:x" }, 'its "$ref" "syrinx:x" is not a place in it ("#/…")'],
    ["that refers to nothing", { $ref: "#/$defs/x" }, 'its "$ref" "#/$defs/x" leads nowhere'],
  ])("%s is unusable", (_, schema: Schema, why) => {
    expect(refusal(schema)).toBe(why);
  });

  test("that is too deep is unusable", () => {
    const deep = Array.from({ length: 100 }).reduce<Schema>((items) => ({ items }), {});
    expect(refusal({ properties: { a: deep } })).toContain("levels");
    const chain = numbered(80, (i) => (i === 0 ? {} : { $ref: `#/$defs/k${i - 1}` }));
    expect(refusal({ properties: { a: { $ref: "#/$defs/k79" } }, $defs: chain })).toContain("levels");
  });

  test("writes nothing to the terminal", () => {
    const { stdout, stderr } = Bun.spawnSync([
      process.execPath,
      "-e",
      `import { settingsValidator } from ${JSON.stringify(require.resolve("../../../../core/releases/settings-validator.ts"))};
       settingsValidator({ properties: { a: { format: "evil" } } })({ a: "x" });`,
    ]);
    expect(stdout.toString() + stderr.toString()).toBe("");
  });
});

describe("settings", () => {
  test("may have as many values as the schema leaves time for", () => {
    const schema = { properties: { a: { items: { type: "number" } } } };
    expect(mistakes(schema, { a: Array.from({ length: 10_000 }, () => 1) })).toEqual([]);
    expect(mistakes(schema, { a: Array.from({ length: 300_000 }, () => 1) })).toEqual([
      " have too many values for this plugin's schema: 300002",
    ]);
  });

  test("may have 500 items where items must be unique", () => {
    const schema = { properties: { a: { uniqueItems: true } } };
    const objects = (length: number) => ({ a: Array.from({ length }, (_, i) => ({ i })) });
    expect(mistakes(schema, objects(500))).toEqual([]);
    expect(mistakes(schema, objects(501))).toEqual([
      " have a list of 501 items, and the plugin's schema allows 500 where items must be unique",
    ]);
  });
});
