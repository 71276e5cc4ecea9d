import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { pointerOf } from "../../../../../admin/client/mod.ts";
import { settingOf } from "../../../../../core/cli/config/merge-patch.ts";
import { mergePatch, mergePatchOf } from "../../../../../core/config/json/merge-patch.ts";
import { changesBetween } from "../../../../../core/config/mod.ts";

const DOCUMENT = { speech: { defaultVoice: "slt" }, server: { tokens: [{ name: "a" }] } };

describe("a setting's name", () => {
  test.each([
    ["speech.defaultVoice", "/speech/defaultVoice"],
    ["/speech/defaultVoice", "/speech/defaultVoice"],
    ["", ""],
    ["log", "/log"],
    ["memory.budgets.cuda:0/mig-1", "/memory/budgets/cuda:0~1mig-1"],
  ])("%s is the pointer %s", (given, pointer) => {
    expect(pointerOf(given)).toBe(pointer);
  });
});

describe("a value that is set", () => {
  test.each<[string, unknown]>([
    ["3", 3],
    ["true", true],
    ["slt", "slt"],
    ['"3"', "3"],
    ["null", null],
    ['{"a": [1]}', { a: [1] }],
    ["{not json", "{not json"],
  ])("%s is taken as JSON, or else as text", (text, value) => {
    expect(settingOf(DOCUMENT, "/speech/x", text)).toEqual({ speech: { x: value } });
  });

  test("in a list is refused, because a merge patch can only replace it whole", () => {
    expect(() => settingOf(DOCUMENT, "/server/tokens/0/name", "b")).toThrow(
      "Cannot set /server/tokens/0/name, because /server/tokens is a list",
    );
    expect(settingOf(DOCUMENT, "/server/tokens", "[]")).toEqual({ server: { tokens: [] } });
  });

  test("has to be a setting and not the whole", () => {
    expect(() => settingOf(DOCUMENT, "", "{}")).toThrow("Name a setting");
  });
});

test("the patch of what differs makes any document into any other", () => {
  // A config has no null, which a merge patch could not say either.
  const { document } = fc.letrec<{ document: object; value: unknown }>((tie) => ({
    document: fc.dictionary(fc.constantFrom("a", "b", "c/d", "e~f", "__proto__"), tie("value"), {
      maxKeys: 3,
    }),
    value: fc.oneof(
      { depthSize: "small" },
      fc.integer(),
      fc.string(),
      fc.array(fc.integer()),
      tie("document"),
    ),
  }));
  fc.assert(
    fc.property(document, document, (before, after) => {
      const patch = mergePatchOf(changesBetween(before, after));
      expect(changesBetween(mergePatch(before, patch), after)).toEqual([]);
    }),
  );
});
