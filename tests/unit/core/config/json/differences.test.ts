import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { changesBetween, jsonPatch } from "../../../../../core/config/json/differences.ts";
import type { JsonPatchOperation } from "../../../../../schemas/generated/api.ts";

/** RFC 6902 §4, as far as it is made use of: it throws where a patch does not fit. */
function apply(document: unknown, patch: readonly JsonPatchOperation[]): unknown {
  let result = structuredClone(document);
  for (const { op, path, value } of patch) {
    if (path === "") {
      result = value;
      continue;
    }
    const keys = path
      .slice(1)
      .split("/")
      .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = keys.pop() ?? "";
    let parent = result as Record<string, unknown>;
    for (const key of keys) parent = parent[key] as Record<string, unknown>;
    if (Object.hasOwn(parent, last) !== (op !== "add")) throw new Error(`${op} ${path} does not fit`);
    if (op === "remove") delete parent[last];
    // By assignment, a key called __proto__ would be none.
    else Object.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true });
  }
  return result;
}

const object = fc.dictionary(fc.constantFrom("a", "b/c", "d~e", ""), fc.jsonValue({ maxDepth: 3 }), {
  noNullPrototype: true,
});

describe("a JSON Patch", () => {
  test("makes the one document into the other, key by key", () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        expect(apply(before, jsonPatch(before, after))).toEqual(after);
        expect(jsonPatch(after, after)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("adds, replaces and removes, arrays whole, and null is a value", () => {
    expect(jsonPatch({ a: 1, b: [1, 2], c: null }, { b: [2], c: { d: 1 }, e: null })).toEqual([
      { op: "remove", path: "/a" },
      { op: "replace", path: "/b", value: [2] },
      { op: "replace", path: "/c", value: { d: 1 } },
      { op: "add", path: "/e", value: null },
    ]);
  });
});

test("a change for people has the value before and after", () => {
  expect(changesBetween({ a: { b: 1 }, c: 2 }, { a: { b: null }, d: 3 })).toEqual([
    { pointer: "/a/b", from: 1, to: null },
    { pointer: "/c", from: 2 },
    { pointer: "/d", to: 3 },
  ]);
});
