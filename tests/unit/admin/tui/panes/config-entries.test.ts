import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Entry, entriesOf, leavesOf } from "../../../../../admin/tui/panes/config/entries.ts";
import { mergeLayers } from "../../../../../core/config/json/merge-patch.ts";
import { valueAt } from "../../../../../core/json-pointer.ts";
import type { ConfigView } from "../../../../../schemas/generated/api.ts";
import { CONFIG } from "./known-config.ts";

const key = fc.constantFrom("a", "b", "c/d", "e~f", "__proto__");
/** JSON as layers are: nested, with nulls that take away, lists and empty objects. */
const { patch } = fc.letrec<{ patch: object; value: unknown }>((tie) => ({
  patch: fc
    .uniqueArray(fc.tuple(key, tie("value")), { selector: ([name]) => name, maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown>(null, 1, "x", true, [1, null], []),
    tie("patch"),
  ),
}));
const layers = fc.array(patch, { minLength: 1, maxLength: 4 });

function viewOf(documents: readonly object[], more: Partial<ConfigView> = {}): ConfigView {
  const all = documents.map((document, index) => ({ source: `layer${index}`, origin: "", document }));
  return { version: 1, document: mergeLayers(documents) as ConfigView["document"], layers: all, ...more };
}

function leaves(view: ConfigView): readonly Entry[] {
  return entriesOf(view).flatMap(leavesOf);
}

function by(view: ConfigView, pointer: string): string | undefined {
  return leaves(view).find((leaf) => leaf.pointer === pointer)?.by;
}

describe("the tree of the config", () => {
  test("has every value of the document, and the values that were removed", () => {
    fc.assert(
      fc.property(layers, (documents) => {
        const view = viewOf(documents);
        for (const { pointer, value } of leaves(view)) expect(valueAt(view.document, pointer)).toEqual(value);
        const count = (value: unknown): number => {
          if (typeof value !== "object" || value === null || Array.isArray(value)) return 1;
          const inner = Object.values(value);
          return inner.length === 0 ? 1 : inner.reduce((sum: number, one) => sum + count(one), 0);
        };
        const there = leaves(view).filter(({ value }) => value !== undefined).length;
        // A branch whose keys are all taken away is a leaf of the document, and has lines for those in its place.
        const emptied = (entry: Entry): number =>
          !entry.children ? 0
          : entry.children.every(({ value }) => value === undefined) ? 1
          : entry.children.reduce((sum, child) => sum + emptied(child), 0); // prettier-ignore
        const all = entriesOf(view).reduce((sum, entry) => sum + emptied(entry), there);
        const whole = Object.keys(view.document).length === 0 ? 0 : count(view.document);
        expect(all).toBe(whole);
      }),
    );
  });

  test("names for every value the topmost layer that sets it", () => {
    fc.assert(
      fc.property(layers, (documents) => {
        for (const { pointer, value, by } of leaves(viewOf(documents))) {
          const index = Number(by.replace("layer", ""));
          const said = valueAt(documents[index], pointer);
          // An object with nothing in it may have had keys that were taken away since.
          if (typeof value === "object" && !Array.isArray(value)) expect(said).toBeObject();
          else expect(said).toEqual(value ?? null);
          for (const above of documents.slice(index + 1)) expect(valueAt(above, pointer)).toBeUndefined();
        }
      }),
    );
  });

  test("names the defaults, the sources, and what was set over the API", () => {
    expect(leaves(CONFIG).map(({ pointer, by }) => [pointer, by])).toEqual([
      ["/speech/defaultVoice", "file"],
      ["/speech/maxCharacters", "default"],
      ["/voices/tone/plugin", "file"],
      ["/voices/tone/settings/hertz", "override"],
      ["/voices/slt", "file"],
      ["/log/level", "default"],
    ]);
    expect(leaves(CONFIG).find(({ pointer }) => pointer === "/voices/slt")?.value).toBeUndefined();
  });

  test("names the pin for every value that would differ without it", () => {
    const pinned = { at: "", actor: "anna", version: 1 };
    const view = viewOf([{ a: 1, b: 2, c: { d: 3 } }], { pinned });
    const then = { a: 0, b: 2, c: { d: 3, e: 4 } } as ConfigView["document"];
    const held = {
      changes: [
        { pointer: "/a", from: 0, to: 1 },
        { pointer: "/c/e", from: 4 },
      ],
    };
    const both = { ...view, document: then };
    expect(["/a", "/b", "/c/d", "/c/e"].map((pointer) => by({ ...both, held }, pointer))).toEqual([
      "pin",
      "layer0",
      "layer0",
      "pin",
    ]);
    const gone = viewOf([{ a: null }], { pinned, document: { a: 0 } as ConfigView["document"] });
    expect(leaves(gone)).toMatchObject([{ pointer: "/a", value: 0, by: "pin" }]);
    // What the sources say would be refused, and nobody knows what an unpin would change.
    expect(by({ ...both, held: { changes: [], problems: [] } }, "/a")).toBe("pin");
    expect(by({ ...both, pinned: undefined } as ConfigView, "/a")).toBe("layer0");
  });
});
