import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readVariables } from "../../../../plugins/env-source/read-variables.ts";

const ORIGIN = "environment variables SYRINX__*";
const read = (variables: Record<string, string>) => readVariables(variables, "SYRINX__");

describe("variables with the prefix", () => {
  test("make a document: two underscores separate keys, and case is kept", () => {
    const item = read({
      SYRINX__speech__defaultVoice: "tone",
      SYRINX__speech__maxCharacters: "500",
      SYRINX__server__publicVoices: "true",
      SYRINX__voices__slt: "null",
      SYRINX__voices__tone_2__plugin: "tone",
      SYRINX__server__allowedOrigins: '["https://a.org"]',
      OTHER__speech__defaultVoice: "no",
      SYRINX_speech: "no",
      SYRINX__: "no",
    });
    expect(item).toEqual({
      origin: ORIGIN,
      document: {
        speech: { defaultVoice: "tone", maxCharacters: 500 },
        server: { publicVoices: true, allowedOrigins: ["https://a.org"] },
        voices: { slt: null, tone_2: { plugin: "tone" } },
      },
    });
  });

  test("an absence of variables makes an empty document", () => {
    expect(read({ PATH: "/bin" })).toEqual({ origin: ORIGIN, document: {} });
  });

  test.each([
    ["tone", "tone"],
    ["", ""],
    ["8080", 8080],
    ['"8080"', "8080"],
    ["00", "00"],
    ["a, b", "a, b"],
    [" null ", null],
  ])("with the value %j mean %j", (text, value) => {
    expect(read({ SYRINX__key: text })).toEqual({ origin: ORIGIN, document: { key: value } });
  });

  test("may add to an object that another one writes", () => {
    const item = read({ SYRINX__voices: '{"a":{"plugin":"tone"}}', SYRINX__voices__a__device: "cpu" });
    expect(item).toMatchObject({ document: { voices: { a: { plugin: "tone", device: "cpu" } } } });
  });

  test.each([
    [
      { SYRINX__a: "1", SYRINX__a__b: "2" },
      "SYRINX__a__b: another variable sets a to a value that is not an object",
    ],
    [{ SYRINX__a: '{"b":1}', SYRINX__a__b: "2" }, "SYRINX__a__b: another variable also sets b"],
    [{ SYRINX__a____b: "1" }, "SYRINX__a____b: separate keys by two underscores"],
    [{ SYRINX__a: "{b}" }, "SYRINX__a: it begins like JSON but is not valid"],
  ])("%j are a problem", (variables, problem) => {
    expect(read(variables)).toEqual({ origin: ORIGIN, problem: expect.stringContaining(problem) });
  });

  test("are all listed if they are wrong", () => {
    const item = read({ SYRINX__a: "{", SYRINX__b: "[", SYRINX__c: "1" });
    expect("problem" in item && item.problem).toMatch(/SYRINX__a: .*; SYRINX__b: /);
  });

  test("with a JSON value are read as that JSON", () => {
    const key = fc.stringMatching(/^[A-Za-z](_?[A-Za-z0-9]){0,8}$/);
    const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.string(), fc.constant(null), fc.array(fc.string()));
    const tree = fc.dictionary(key, fc.dictionary(key, leaf, { minKeys: 1 }));
    fc.assert(
      fc.property(tree, (document) => {
        const variables: Record<string, string> = {};
        for (const [outer, members] of Object.entries(document))
          for (const [inner, value] of Object.entries(members))
            variables[`SYRINX__${outer}__${inner}`] = JSON.stringify(value);
        expect(read(variables)).toEqual({ origin: ORIGIN, document });
      }),
    );
  });
});
