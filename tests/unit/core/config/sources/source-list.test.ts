import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { Layer } from "../../../../../core/config/layers/layer.ts";
import { settleSources } from "../../../../../core/config/sources/source-list.ts";

const naming = (...names: string[]) => ({ sources: Object.fromEntries(names.map((name) => [name, {}])) });
const dropping = (...names: string[]) => ({ sources: Object.fromEntries(names.map((name) => [name, null])) });

function settle(documents: Record<string, unknown>, present = ["file"]) {
  const layersOf = (names: readonly string[]): Layer[] =>
    names.flatMap((name) => (name in documents ? { document: documents[name], origin: name } : []));
  return settleSources(["file"], present, layersOf);
}

describe("the list of sources", () => {
  test("is the first one, then those that are named, in the order in which they are written", () => {
    expect(settle({})).toEqual(["file"]);
    expect(settle({ file: naming("b", "a") })).toEqual(["file", "b", "a"]);
    expect(settle({ file: naming("b", "file", "a") })).toEqual(["file", "b", "a"]);
  });

  test("includes sources that the named sources name", () => {
    expect(settle({ file: naming("a"), a: naming("b"), b: naming("c") })).toEqual(["file", "a", "b", "c"]);
  });

  test("loses with a source also those that it alone has named", () => {
    const present = ["file", "a", "b", "c"];
    expect(settle({ file: {}, a: naming("b"), b: naming("c") }, present)).toEqual(["file"]);
    expect(settle({ file: naming("a", "c"), a: dropping("c"), c: naming("d") }, present)).toEqual([
      "file",
      "a",
    ]);
  });

  test("keeps the first one, whatever a document says", () => {
    expect(settle({ file: naming("a"), a: { sources: { file: null } } })).toEqual(["file", "a"]);
    expect(settle({ file: { sources: null } }, ["file", "a"])).toEqual(["file"]);
  });

  test("does not exist if a source removes the one that names it", () => {
    expect(settle({ file: naming("a"), a: { sources: { a: null } } })).toBeUndefined();
    expect(settle({ file: naming("a"), a: { sources: { b: {} } }, b: dropping("a") })).toBeUndefined();
  });

  test("always names just itself, whatever the documents are", () => {
    const name = fc.constantFrom("a", "b", "c", "file");
    const says = fc.oneof(
      fc.constant("nonsense"),
      fc.record({
        sources: fc.dictionary(
          name,
          fc.oneof(fc.constant({}), fc.constant(null), fc.constant({ plugin: "x" })),
        ),
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(name, says), fc.shuffledSubarray(["a", "b", "c"]), (documents, others) => {
        const names = settle(documents, ["file", ...others]);
        if (names) expect(settle(documents, [...names])).toEqual(names);
      }),
    );
  });
});
