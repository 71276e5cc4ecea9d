import { describe, expect, test } from "bun:test";
import { changeLines } from "../../../../../admin/tui/panes/config-changes.ts";
import { otherChanges } from "../../../../../admin/tui/panes/swaps/binding-change.ts";
import { glyphsFor, lineCells, spanOf, textOf } from "../../../../../admin/tui/screen/mod.ts";

const GLYPHS = glyphsFor({ LANG: "C.UTF-8" });

describe("the lines of a difference", () => {
  test("show with a sign and a tone what is added, removed and changed, with the values in a column", () => {
    const lines = changeLines(
      [
        { pointer: "/speech/defaultVoice", from: "slt", to: "rms" },
        { pointer: "/voices/b", to: { plugin: "tone" } },
        { pointer: "/log/level", from: "info" },
      ],
      80,
      GLYPHS,
    );
    expect(lines.map(textOf)).toEqual([
      '~ /speech/defaultVoice  "slt" → "rms"',
      '+ /voices/b             {"plugin":"tone"}',
      '- /log/level            "info"',
    ]);
    expect(lines.map((line) => line.map((part) => spanOf(part).tone))).toEqual([["warn"], ["good"], ["bad"]]);
  });

  test("put a long value below its name, without cutting it", () => {
    const [from, to] = ["a".repeat(30), "b".repeat(30)];
    const lines = changeLines([{ pointer: "/plugins/grants", from, to }], 60, GLYPHS);
    expect(lines.map(textOf)).toEqual(["~ /plugins/grants", `    "${from}"`, `    → "${to}"`]);
  });

  test("break a long list between its items", () => {
    const to = ["https://a.example.org", "https://b.example.org", "https://c.example.org"];
    const lines = changeLines([{ pointer: "/server/allowedOrigins", from: [], to }], 40, GLYPHS);
    expect(lines.map(textOf).at(-1)).toBe(`    → [ ${to.map((one) => `"${one}"`).join(", ")} ]`);
  });

  test("do not let one long name push the other values out of sight", () => {
    const long = `/voices/${"x".repeat(60)}/settings/hertz`;
    const lines = changeLines(
      [
        { pointer: long, from: 1, to: 2 },
        { pointer: "/server/port", from: 1, to: 2 },
      ],
      60,
      GLYPHS,
    );
    expect(lines.map(textOf)).toEqual([`~ ${long}`, "    1", "    → 2", "~ /server/port  1 → 2"]);
    expect(lineCells(lines.at(-1) ?? [])).toBeLessThan(60);
  });

  test("ignore properties that every object inherits", () => {
    const settings = JSON.parse('{"constructor": 1, "speed": 2}') as Record<string, unknown>;
    const binding = { plugin: "tone@1.0.0", settings: {}, device: "auto" };
    expect(otherChanges(binding, { ...binding, settings })).toEqual([
      { pointer: "/settings/constructor", from: undefined, to: 1 },
      { pointer: "/settings/speed", from: undefined, to: 2 },
    ]);
  });
});
