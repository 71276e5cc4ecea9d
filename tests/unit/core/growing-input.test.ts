import { describe, expect, test } from "bun:test";
import { ActivityTracker } from "../../../core/api/activity-tracker.ts";
import { createApp, MAX_BODY_BYTES } from "../../../core/api/app.ts";
import { systemClock } from "../../../core/clock.ts";
import { changesBetween, composePatches, jsonPatch, mergePatch } from "../../../core/config/json/mod.ts";
import { defaultConfig, validate } from "../../../core/config/layers/mod.ts";
import { planChange } from "../../../core/config/plan.ts";
import { patchAt, valueAt } from "../../../core/json-pointer.ts";
import type { Logger } from "../../../core/log.ts";
import { settingsValidator } from "../../../core/releases/settings-validator.ts";
import { validator } from "../../../core/schema.ts";
import { EXTENSIONS, formatOf, parseDocument } from "../../../core/sdk/document/formats.ts";
import api from "../../../schemas/api.schema.json";

/** How often a pair of sizes is timed at most. Other processes and the collector disturb a round; what is quadratic fails all. */
const ROUNDS = 5;
/** The time for twice the input may be this many times as long, and so many ms more: the clock and the collector are coarse. */
const MOST_GROWTH = 3;
const COARSE_MS = 25;
/** No input of these sizes may take longer, in ms. What is quadratic took seconds. */
const MOST_MS = 2_000;

type Make<T> = (n: number) => T;

function msOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Expects that the time grows no faster than the input. */
function expectLinear<T>(make: Make<T>, work: (input: T) => void, n: number): void {
  const [one, two] = [make(n), make(2 * n)];
  work(make(10));
  const rounds: string[] = [];
  while (rounds.length < ROUNDS) {
    const [first, second] = [msOf(() => work(one)), msOf(() => work(two))];
    if (second < first * MOST_GROWTH + COARSE_MS && second < MOST_MS) return;
    rounds.push(`${n}: ${first.toFixed()} ms, ${2 * n}: ${second.toFixed()} ms`);
  }
  throw new Error(`The time grows faster than the input: ${rounds.join("; ")}`);
}

const numbered = (n: number, prefix: string, value: unknown) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`${prefix}${i}`, value]));

function nested(depth: number, inner: unknown = 1): unknown {
  let value = inner;
  for (let level = 0; level < depth; level++) value = { a: value };
  return value;
}

/** What a hostile caller may send, by what there is much of. */
const SHAPES: Readonly<Record<string, Make<unknown>>> = {
  "many keys": (n) => ({ input: "x", ...numbered(n, "key", 1) }),
  "many keys one level down": (n) => ({ input: "x", speech: numbered(n, "key", 1) }),
  "many entries that are no choice": (n) => ({ voices: numbered(n, "v", 5), tokens: numbered(n, "t", []) }),
  "many settings": (n) => ({ settings: numbered(n, "s", { $secret: 1 }), plugin: 1 }),
  "many items": (n) => ({ input: "x", sinks: Array(n).fill(1), read: Array(n).fill({ allow: 1 }) }),
  "a long string": (n) => ({ input: "x".repeat(20 * n), voice: "x".repeat(20 * n) }),
  "a long key": (n) => ({ ["k".repeat(20 * n)]: 1 }),
  "a deep body": (n) => nested(n / 4),
};

describe("the time for input that grows is linear in", () => {
  const defs = Object.keys(api.$defs).filter((name) => /(Request|Patch)$/.test(name));
  const refs = [...defs.map((name) => `syrinx:api#/$defs/${name}`), "syrinx:config", "syrinx:plugin"];

  test.each(refs)("a validation by %s", (ref) => {
    const is = validator(ref);
    for (const make of Object.values(SHAPES))
      expectLinear(make, (value) => is(value) || is.violations(), 10_000);
  });

  test("a validation of a plugin's settings, with a choice for each", () => {
    const check = settingsValidator({
      additionalProperties: {
        anyOf: [{ type: "string" }, { type: "object", required: ["x"], properties: { x: {} } }],
      },
    });
    expectLinear(
      (n) => numbered(n, "s", 1),
      (settings) => void check(settings),
      10_000,
    );
    expectLinear(
      (n) => numbered(n, "s", {}),
      (settings) => void check(settings),
      10_000,
    );
  });

  const CONFIGS: Readonly<Record<string, Make<object>>> = {
    "unknown keys": (n) => numbered(n, "key", 1),
    "broken voices": (n) => ({ voices: numbered(n, "v", {}) }),
    "aliases of no voice": (n) => ({ speech: { aliases: numbered(n, "alias", "nobody") } }),
    "aliases of no voice, and many voices": (n) => ({
      voices: numbered(n, "voice", { plugin: "tone" }),
      speech: { aliases: numbered(n, "alias", "nobody") },
    }),
    "good voices": (n) => ({ voices: numbered(n, "voice", { plugin: "tone" }) }),
  };

  test.each(Object.keys(CONFIGS))("a validation of a config of %s", (name) => {
    const make = CONFIGS[name]!;
    expectLinear(
      (n) => [{ document: make(n), origin: "a test", places: { "": [1, 1] } }],
      (layers) => void validate(layers),
      2_000,
    );
  });

  test("merging, composing and comparing patches", () => {
    for (const make of [
      (n: number) => numbered(n, "key", { a: 1 }),
      (n: number) => nested(n / 4, numbered(n, "key", 1)) as object,
      (n: number) => ({ list: Array(n).fill({ a: 1 }) }),
    ]) {
      expectLinear(make, (value) => void mergePatch(value, value), 2_000);
      expectLinear(make, (value) => void composePatches(value, value, value), 2_000);
      expectLinear(make, (value) => void jsonPatch({}, value), 2_000);
      expectLinear(make, (value) => void changesBetween(value, {}), 2_000);
    }
  });

  test("a plan", () => {
    const config = defaultConfig();
    const voices = (n: number) =>
      ({ ...config, voices: numbered(n, "v", config.voices.slt) }) as typeof config;
    expectLinear(voices, (after) => void planChange(config, after), 10_000);
    expectLinear(voices, (before) => void planChange(before, config), 10_000);
  });

  test("following a JSON pointer, and making a patch of one", () => {
    const long = (n: number) => "/a".repeat(n);
    expectLinear(
      (n) => ({ pointer: long(n), document: nested(n) }),
      ({ pointer, document }) => void valueAt(document, pointer),
      20_000,
    );
    expectLinear(long, (pointer) => void patchAt(pointer, 1), 20_000);
  });

  const TEXTS: Readonly<Record<string, Readonly<Record<string, Make<string>>>>> = {
    json: {
      keys: (n) => JSON.stringify(numbered(n, "k", 1)),
      items: (n) => JSON.stringify({ a: Array(n).fill(1) }),
      levels: (n) => `${'{"a":'.repeat(n)}1${"}".repeat(n)}`,
      "open brackets": (n) => "[".repeat(n),
      mistakes: (n) => `{${"x ".repeat(n)}}`,
      characters: (n) => `{"a":"${"x".repeat(20 * n)}"}`,
    },
    yaml: {
      keys: (n) => Array.from({ length: n }, (_, i) => `k${i}: 1\n`).join(""),
      "keys in braces": (n) => `a: {${Array.from({ length: n }, (_, i) => `k${i}: 1`).join(",")}}`,
      items: (n) => `a:\n${"- 1\n".repeat(n)}`,
      levels: (n) => `${"{a: ".repeat(n)}1${"}".repeat(n)}`,
      "open brackets": (n) => "[".repeat(n),
      dashes: (n) => "- ".repeat(n),
      "question marks": (n) => "? ".repeat(n),
      "keys given twice": (n) => "a: 1\n".repeat(n),
      mistakes: (n) => "a: b: c\n".repeat(n),
      characters: (n) => `a: "${"x".repeat(20 * n)}"`,
    },
    toml: {
      keys: (n) => Array.from({ length: n }, (_, i) => `k${i} = 1\n`).join(""),
      items: (n) => `a = [${Array(n).fill("1").join(",")}]`,
      tables: (n) => Array.from({ length: n }, (_, i) => `[t${i}]\n`).join(""),
      "tables of an array": (n) => "[[a]]\n".repeat(n),
      "dotted keys": (n) => `a${".a".repeat(n)} = 1`,
      levels: (n) => `a = ${"[".repeat(n)}${"]".repeat(n)}`,
      "open brackets": (n) => `a = ${"[".repeat(n)}`,
      characters: (n) => `a = "${"x".repeat(20 * n)}"`,
    },
  };

  for (const extension of EXTENSIONS) {
    const texts = TEXTS[extension.slice(1).replace("jsonc", "json").replace("yml", "yaml")]!;
    test.each(Object.keys(texts))(`a document ${extension} by its %s`, (name) => {
      const format = formatOf(`config${extension}`)!;
      expectLinear(
        texts[name]!,
        (text) => {
          try {
            parseDocument(text, format);
          } catch (cause) {
            expect((cause as Error).name).toBe("ParseFailure");
          }
        },
        3_000,
      );
    });
  }
});

describe("a request body of the largest size is answered within 250 ms, and tells at most 100 mistakes:", () => {
  const app = createApp({
    operations: (["SpeechRequest", "SwapRequest", "ConfigPatch"] as const).map((name) => ({
      method: "post",
      path: `/control/${name}`,
      tag: "control",
      scope: "public",
      summary: "",
      body: `syrinx:api#/$defs/${name}`,
      responses: {},
      handle: (context) => context.json({}),
    })),
    access: () => ({ tokens: [], allowedOrigins: [], publicVoices: false, loopback: true }),
    activity: new ActivityTracker(systemClock),
    version: "1.0.0",
    log: { error() {} } as unknown as Logger,
  });
  const FILLING: Readonly<Record<string, string>> = {
    "60,000 unknown keys": JSON.stringify({ input: "x", ...numbered(60_000, "k", 1) }),
    "19,000 unknown keys": JSON.stringify({ input: "x", ...numbered(19_000, "k", 1) }),
    "500,000 items": JSON.stringify({ input: "x", sinks: Array(500_000).fill(1) }),
    "500,000 open brackets": "[".repeat(500_000),
    "a string of 900 kB of brackets and quotes": JSON.stringify({
      ["k".repeat(2_000)]: '["\\'.repeat(150_000),
    }),
    "a key of 900 kB": JSON.stringify({ ["k".repeat(900_000)]: 1 }),
    "100,000 levels": `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
  };

  for (const [name, body] of Object.entries(FILLING)) {
    test.each(["SpeechRequest", "SwapRequest", "ConfigPatch"])(`${name} for %s`, async (schema) => {
      expect(body.length).toBeLessThan(MAX_BODY_BYTES);
      const headers = { host: "127.0.0.1", "Content-Type": "application/json" };
      const ask = () => app.request(`/control/${schema}`, { method: "POST", body, headers });
      let [response, least] = [await ask(), Infinity];
      for (let round = 0; round < ROUNDS && least >= 250; round++) {
        const start = performance.now();
        response = await ask();
        least = Math.min(least, performance.now() - start);
      }
      expect(least).toBeLessThan(250);
      const { code, errors = [] } = (await response.json()) as {
        code?: string;
        errors?: { message: string }[];
      };
      // A patch may have any keys. What they mean is checked with the config.
      const isAllowed = schema === "ConfigPatch" && name.startsWith("19,000");
      expect([response.status, code]).toEqual(isAllowed ? [200, undefined] : [400, "body-invalid"]);
      expect(errors.length).toBeLessThanOrEqual(101);
      if (errors.length > 100) expect(errors[100]!.message).toMatch(/^and \d+ more$/);
    });
  }
});
