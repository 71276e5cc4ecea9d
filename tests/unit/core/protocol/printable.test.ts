import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { printable } from "../../../../core/protocol/printable.ts";

describe("printable()", () => {
  test.each([
    ["a plain text: ÄÖÜ 日本語 😀", "a plain text: ÄÖÜ 日本語 😀"],
    ["line 1\r\nX-Evil: 1\n", "line 1 X-Evil: 1"],
    ["\u001b[31mred\u001b[0m \u001b[2J\u001b]0;title\u0007", "red"],
    ["n\u202eevil", "n evil"],
    ["half \ud83d of a pair", "half   of a pair"],
  ])("of %j is %j", (text, shown) => {
    expect(printable(text, 100)).toBe(shown);
  });

  test("cuts what is too long, however long it is", () => {
    expect(printable("x".repeat(5_000_000), 10)).toBe("xxxxxxxxx…");
  });

  test("never holds a control character, and is never longer than it may be", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 40 }), (text, most) => {
        const shown = printable(text, most);
        expect(shown).not.toMatch(/\p{Cc}|\p{Zl}|\p{Zp}/u);
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });
});
