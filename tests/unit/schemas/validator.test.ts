import { describe, expect, test } from "bun:test";
import { compileSchema } from "../../../core/compile-schema.ts";
import { escapePointer } from "../../../core/json-pointer.ts";
import { settingsValidator } from "../../../core/releases/settings-validator.ts";
import { SCHEMAS, validator } from "../../../core/schema.ts";

/** @returns what is wrong with a value, a line each: pointer and message */
function told(ref: string, value: unknown): string[] {
  const is = validator(ref);
  return is(value) ? [] : is.violations().map(({ pointer, message }) => `${pointer || "/"} ${message}`);
}

const PLUGIN = {
  name: "beep",
  version: "1.0.0",
  kind: "voice",
  engine: "^1.0.0",
  entry: "main.ts",
  description: "Beeps.",
  license: "Apache-2.0",
};

describe("every schema", () => {
  const refs = Object.values(SCHEMAS).flatMap((schema) => [
    schema.$id,
    ...Object.keys("$defs" in schema ? schema.$defs : {}).map((name) => `${schema.$id}#/$defs/${name}`),
  ]);

  test.each(refs)("%s compiles in strict mode", (ref) => {
    expect(typeof compileSchema(ref, Object.values(SCHEMAS))(Symbol())).toBe("boolean");
    expect(typeof validator(ref)(Symbol())).toBe("boolean");
  });

  test("is found by its file's name, and a missing one is an error", () => {
    for (const [name, { $id }] of Object.entries(SCHEMAS)) expect($id).toBe(`syrinx:${name}`);
    expect(() => validator("syrinx:nothing")({})).toThrow("No schema syrinx:nothing");
  });
});

describe("the message for an invalid value has", () => {
  test("the nearest key to an unknown one", () => {
    expect(told("syrinx:config", { server: { prot: 1 } })).toEqual([
      '/server/prot unknown key "prot" (did you mean "port"?)',
    ]);
  });

  test("all keys if none is near", () => {
    expect(told("syrinx:config", { models: { elephant: 1 } })).toEqual([
      '/models/elephant unknown key "elephant" (known: paths)',
    ]);
  });

  test("the missing key", () => {
    expect(told("syrinx:config", { voices: { a: {} } })).toEqual(['/voices/a "plugin" is missing']);
  });

  test("the allowed values", () => {
    expect(told("syrinx:config", { log: { level: "loud" } })).toEqual([
      "/log/level must be one of debug, info, warn, error",
    ]);
  });

  test("the description of a pattern, or the pattern itself if there is none", () => {
    expect(told("syrinx:config", { voices: { a: { plugin: "no name" } } })).toEqual([
      "/voices/a/plugin must be: NAME or NAME@RANGE with a semver range, e.g. piper@^1.0.0. Without a range: the newest release.",
    ]);
    expect(told("syrinx:model#/$defs/FileName", "../x")[0]).toStartWith("/ must match ^(?!/)");
  });

  test("the key of a map whose name is invalid", () => {
    expect(told("syrinx:config", { voices: { "a b": { plugin: "tone" } } })).toEqual([
      '/voices/a b the name "a b" must match ^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$',
    ]);
    expect(told("syrinx:config", { sinks: { "a/b": { plugin: "file" } } })[0]).toStartWith(
      "/sinks/a~1b the name",
    );
  });

  test("whether a manifest has none or both of two keys", () => {
    const { entry: _, ...neither } = PLUGIN;
    expect(told("syrinx:plugin", neither)).toEqual(['/ needs "entry" or "command"']);
    expect(told("syrinx:plugin", { ...PLUGIN, command: ["x"] })).toEqual([
      '/ must have only one of "entry" and "command"',
    ]);
  });

  test("that and all other mistakes", () => {
    const { entry: _, license: __, ...rest } = PLUGIN;
    expect(told("syrinx:plugin", { ...rest, kind: "x" }).sort()).toEqual([
      '/ "license" is missing',
      '/ needs "entry" or "command"',
      "/kind must be one of voice, config-source, sink",
    ]);
  });

  test("all types of a choice in one line", () => {
    expect(told("syrinx:api#/$defs/SpeechRequest", { input: "a", voice: 3 })).toEqual([
      "/voice must be string or object",
    ]);
  });

  test("all that a simple choice may be, whatever it is now", () => {
    for (const target of ["loud", -200, true])
      expect(told("syrinx:config", { speech: { loudness: { target } } })).toEqual([
        '/speech/loudness/target must be a number from -40 to -10 or "off"',
      ]);
    expect(told("syrinx:config", { memory: { budgets: { host: "lots" } } })).toEqual([
      "/memory/budgets/host must be a share from 0% to 100% or a whole number of at least 0",
    ]);
  });

  test("only the mistakes of the branch with the right type", () => {
    expect(told("syrinx:api#/$defs/SpeechRequest", { input: "a", voice: { idd: "x" } }).sort()).toEqual([
      '/voice "id" is missing',
      '/voice/idd unknown key "idd" (did you mean "id"?)',
    ]);
    expect(told("syrinx:plugin", { ...PLUGIN, permissions: { read: ["$MODEL", {}] } })).toEqual([
      '/permissions/read/1 "allow" is missing',
    ]);
  });

  test("only the mistakes of the branch with the right tag, or all tags if none is right", () => {
    const ref = "syrinx:protocol#/$defs/PluginMessage";
    expect(told(ref, { type: "credit", bytes: 0 })).toEqual(["/bytes must be >= 1"]);
    expect(told(ref, { type: "error" })).toEqual(['/ "error" is missing']);
    expect(told(ref, { type: "error", error: { code: 1, message: "" } })).toEqual([
      "/error/code must be string",
    ]);
    expect(told(ref, { type: "resalt" })).toEqual([
      '/type must be one of "hello", "ack", "item", "result", "error", "credit"',
    ]);
    expect(told(ref, 3)).toEqual(["/ must be object"]);
  });

  test("the minimum number of keys", () => {
    expect(told("syrinx:api#/$defs/SwapRequest", {})).toEqual([
      "/ needs at least 1 of plugin, model, settings, device, strategy, canary, persist, reason",
    ]);
  });
});

describe("the settings of a plugin", () => {
  const check = settingsValidator({
    properties: {
      hertz: { type: "number", default: 440 },
      mode: { anyOf: [{ const: "a" }, { const: "b" }] },
    },
  });

  test("are filled in with the schema's defaults", () => {
    const settings = {};
    expect(check(settings)).toEqual([]);
    expect(settings).toEqual({ hertz: 440 });
  });

  test("refuse unknown keys, even if the schema does not say so", () => {
    expect(check({ herz: 1 })).toEqual([
      { pointer: "/herz", message: 'unknown key "herz" (did you mean "hertz"?)' },
    ]);
  });

  test("have a message for every mistake, also inside choices", () => {
    expect(check({ mode: "c" }).length).toBeGreaterThan(0);
    const own = settingsValidator({
      properties: { x: { oneOf: [{ $ref: "#/$defs/Small" }, { $ref: "#/$defs/Large" }] } },
      $defs: { Small: { type: "number", maximum: 1 }, Large: { type: "number", minimum: 9 } },
    });
    expect(own({ x: 5 }).map(({ pointer }) => pointer)).toContain("/x");
    expect(own({ x: 10 })).toEqual([]);
  });

  test("with an invalid JSON Schema are refused before they are used", () => {
    expect(() => settingsValidator({ type: "nmber" })).toThrow();
  });
});

test("a JSON pointer escapes what RFC 6901 says it must", () => {
  expect(escapePointer("a/b~c~1")).toBe("a~1b~0c~01");
});

describe("of many mistakes", () => {
  const keys = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`key${i}`, 1]));

  test("the first 100 are told, and how many more there are", () => {
    expect(told("syrinx:config", keys(100))).toHaveLength(100);
    const many = told("syrinx:config", keys(30_000));
    expect(many).toHaveLength(101);
    expect(many[0]).toStartWith('/key0 unknown key "key0"');
    expect(many[100]).toBe("/ and 29900 more");
  });

  test("a long key is cut in the message, and stays whole in the pointer", () => {
    const key = "k".repeat(5_000);
    const [mistake = ""] = told("syrinx:config", { models: { [key]: 1 } });
    expect(mistake).toBe(`/models/${key} unknown key "${"k".repeat(100)}…" (known: paths)`);
  });
});
