import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { mergeLayers, mergePatch } from "../../../../../core/config/json/merge-patch.ts";

describe("laying one document over another", () => {
  // RFC 7396, Appendix A.
  const vectors: [target: unknown, patch: unknown, result: unknown][] = [
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [
      ["a", "b"],
      ["c", "d"],
      ["c", "d"],
    ],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "foo" }, null, null],
    [{ a: "foo" }, "bar", "bar"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  for (const [target, patch, result] of vectors) {
    test(`${JSON.stringify(patch)} over ${JSON.stringify(target)} gives what RFC 7396 says`, () => {
      expect(mergePatch(target, patch)).toEqual(result);
    });
  }

  test("neither document is changed, shared or polluted", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (target, patch) => {
        const before = JSON.stringify([target, patch]);
        mergePatch(target, patch);
        expect(JSON.stringify([target, patch])).toBe(before);
      }),
    );
    const settings = { list: [1] };
    const merged = mergePatch({ a: settings }, { b: settings }) as { a: object; b: object };
    expect(merged.a).not.toBe(settings);
    expect(merged.b).not.toBe(settings);
    mergePatch({}, JSON.parse('{"__proto__": {"polluted": 1}}'));
    expect({}).not.toHaveProperty("polluted");
  });

  test("the same layer twice is the same as once", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (layer) => {
        expect(mergeLayers([layer, layer])).toEqual(mergeLayers([layer]));
      }),
    );
  });

  test("the highest layer decides", () => {
    expect(mergeLayers([{ a: { x: 1, y: 1 } }, { a: { x: 2 } }, { a: { x: 3, y: null } }])).toEqual({
      a: { x: 3 },
    });
  });
});
