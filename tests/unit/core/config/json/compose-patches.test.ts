import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { withoutOverride } from "../../../../../core/config/api-changes.ts";
import { composePatches, mergePatch } from "../../../../../core/config/json/merge-patch.ts";

/** Documents of few keys, so that they meet. */
const document = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, 1, "a", [1, null]),
    fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__"), tie("value"), {
      noNullPrototype: true,
      maxKeys: 3,
    }),
  ),
})).value;
const object = fc.dictionary(fc.constantFrom("a", "b", "c"), document, { noNullPrototype: true, maxKeys: 3 });

describe("two patches as one", () => {
  test("do the same as one after the other, on any document", () => {
    fc.assert(
      fc.property(object, object, object, (lower, first, second) => {
        const composed = composePatches(lower, first, second);
        expect(mergePatch(lower, composed)).toEqual(mergePatch(mergePatch(lower, first), second));
      }),
      { numRuns: 1_000 },
    );
  });

  test("keep a removal, whichever patch has it", () => {
    expect(composePatches({}, { voices: { slt: null } }, { log: { level: "warn" } })).toEqual({
      voices: { slt: null },
      log: { level: "warn" },
    });
  });

  test("let no removed value show in the value that replaces it", () => {
    const lower = { voices: { slt: { plugin: "piper", model: "en_US-slt-tiny" } } };
    const composed = composePatches(
      lower,
      { voices: { slt: null } },
      { voices: { slt: { plugin: "tone" } } },
    );
    expect(composed).toEqual({ voices: { slt: { plugin: "tone", model: null } } });
  });
});

describe("removing an override", () => {
  const overrides = { speech: { defaultVoice: "rms" }, voices: { slt: null, "a/b": { plugin: "tone" } } };

  test("leaves the others, and no empty object", () => {
    expect(withoutOverride(overrides, "/speech/defaultVoice")).toEqual({ voices: overrides.voices });
    expect(withoutOverride(overrides, "/voices")).toEqual({ speech: overrides.speech });
    expect(withoutOverride({ speech: { maxQueue: 3 } }, "/speech/maxQueue")).toEqual({});
  });

  test("works for a null, and for a name with a slash", () => {
    expect(withoutOverride(overrides, "/voices/slt")).toEqual({
      ...overrides,
      voices: { "a/b": { plugin: "tone" } },
    });
    expect(withoutOverride(overrides, "/voices/a~1b")).toEqual({ ...overrides, voices: { slt: null } });
  });

  test("that does not exist is reported", () => {
    expect(withoutOverride(overrides, "/speech/maxQueue")).toBeUndefined();
    expect(withoutOverride(overrides, "/speech/defaultVoice/deeper")).toBeUndefined();
  });
});
