import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  cells,
  clip,
  clipMiddle,
  cutLine,
  fitLine,
  type Line,
  lay,
  lineCells,
  pad,
  printable,
  spanOf,
  textOf,
  tone,
  wrap,
  wrapLine,
} from "../../../../../admin/tui/screen/mod.ts";

/** Latin, Chinese, Thai with marks, emoji of several parts, and what moves a cursor. */
const anyText = fc
  .array(
    fc.constantFrom(
      "a",
      "Z",
      " ",
      "中",
      "音",
      "한",
      "é",
      "e\u0301",
      "ไทย",
      "👩‍👩‍👧",
      "⚠️",
      "🇩🇪",
      "\t",
      "\x1b[31m",
      "\n",
      "ｱ",
    ),
  )
  .map((parts) => parts.join(""));
const width = fc.nat(30);

describe("text on a terminal", () => {
  test("has exactly the requested width, whatever it contains", () => {
    fc.assert(
      fc.property(
        anyText,
        width,
        fc.constantFrom("left" as const, "right" as const),
        (text, columns, align) => {
          expect(cells(pad(text, columns, align))).toBe(columns);
          expect(cells(clip(text, columns))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });

  test("contains nothing that moves the cursor, or whose width differs between terminals", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Emoji_Presentation}\uFE0F\u200D]/u);
      }),
    );
    expect(printable("a\x1b[2Jb")).toBe("a[2Jb");
    expect(printable("ready 👍 中文")).toBe("ready ? 中文");
  });

  test("is cut with a sign that shows the cut", () => {
    expect(clip("en_US-lessac-medium", 10)).toBe("en_US-les…");
    expect(clip("中文声音", 5)).toBe("中文…");
    expect(clip("en_US", 5)).toBe("en_US");
    expect(clip("abc", 0)).toBe("");
  });

  test("is wrapped at spaces, and nothing of it is lost", () => {
    expect(wrap("the old one serves on", 8)).toEqual(["the old", "one", "serves", "on"]);
    expect(wrap("voices.averylongname", 8)).toEqual(["voices.a", "verylong", "name"]);
    expect(wrap("  voices.averylongname", 8)).toEqual(["  voices", ".averylo", "ngname"]);
    expect(wrap("    voices", 8)).toEqual(["voices"]);
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 30 }), (text, columns) => {
        const rows = wrap(text, columns);
        for (const row of rows) expect(cells(row)).toBeLessThanOrEqual(columns);
        const bare = (all: string) => all.replace(/\s/g, "");
        expect(bare(rows.join(""))).toBe(bare(text.split("\n").map(printable).join("")));
      }),
    );
  });
});

describe("a line on a terminal", () => {
  const anyLine = fc.array(anyText.map((text) => tone("good", text)));

  test("fills its row, and not a cell more", () => {
    fc.assert(fc.property(anyLine, width, (line, columns) => lineCells(fitLine(line, columns)) === columns));
  });

  test("can be cut between characters and joined again", () => {
    fc.assert(
      fc.property(anyLine, width, (line, at) => {
        const [before, after] = [cutLine(line, 0, at), cutLine(line, at, Infinity)];
        expect(lineCells(before) + lineCells(after)).toBe(lineCells(line));
      }),
    );
    expect(textOf(cutLine(["中文"], 1, 4))).toBe(" 文");
  });

  test("keeps its width under a box that is laid over it", () => {
    fc.assert(
      fc.property(anyLine, fc.nat(10), fc.integer({ min: 1, max: 10 }), (line, left, columns) => {
        const whole: Line[] = [fitLine(line, 30)];
        const [laid = []] = lay(whole, [["#".repeat(columns)]], 0, left);
        expect(lineCells(laid)).toBe(30);
        expect(textOf(cutLine(laid, left, left + columns))).toBe("#".repeat(columns));
      }),
    );
  });

  test("is broken between words whatever its parts are, which keep their tones, and no character is lost", () => {
    const rows = wrapLine([tone("dim", "now   "), "声音引擎声音引擎 and ", tone("strong", "then 声音")], 15);
    expect(rows.map(textOf)).toEqual(["now", "声音引擎声音引", "擎 and then", "声音"]);
    expect(rows[2]?.map((part) => spanOf(part).tone)).toEqual(["plain", "strong"]);
  });

  test("is broken on a screen of no width, too", () => {
    expect(wrapLine([tone("dim", "a"), "声音"], 0).map(textOf)).toEqual(["a", "声", "音"]);
    expect(wrap("声b", 1)).toEqual(["声", "b"]);
  });

  test("is cut in the middle, because a release is known by its name and its version", () => {
    expect(clipMiddle("a-long-name@1.10.0", 12)).toBe("a-long….10.0");
    expect(clipMiddle("short@1.0.0", 12)).toBe("short@1.0.0");
    expect(clipMiddle("声音引擎声音引擎@1.0.0", 11)).toBe("声音 …1.0.0");
    fc.assert(
      fc.property(anyText, width, (text, columns) =>
        expect(cells(clipMiddle(text, columns))).toBeLessThanOrEqual(columns),
      ),
    );
  });
});
