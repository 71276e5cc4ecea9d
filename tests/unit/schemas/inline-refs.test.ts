import { expect, test } from "bun:test";
import { inlineRefs } from "../../../schemas/inline-refs.ts";

const schemas = {
  house: {
    properties: { door: { $ref: "#/$defs/Door", default: "open" }, bell: { $ref: "parts#/$defs/Bell" } },
    $defs: { Door: { description: "A way in.", type: "string", default: "shut" } },
  },
  parts: { $defs: { Bell: { items: { $ref: "#/$defs/Tone" } }, Tone: { type: "number" } } },
};

test("a ref is replaced by its target, also from another file, and keywords beside it override the target's", () => {
  expect(inlineRefs("house", schemas)).toEqual({
    properties: {
      door: { description: "A way in.", type: "string", default: "open" },
      bell: { items: { type: "number" } },
    },
  });
});

test("a ref without a target is an error that names its file", () => {
  const broken = { one: { properties: { a: { $ref: "two#/$defs/Gone" } } }, two: {} };
  expect(() => inlineRefs("one", broken)).toThrow("Cannot resolve $ref two#/$defs/Gone of the schema one");
});
