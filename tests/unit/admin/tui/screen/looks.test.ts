import { describe, expect, test } from "bun:test";
import { glyphsFor } from "../../../../../admin/tui/screen/mod.ts";
import { paletteFor } from "../../../../../admin/tui/screen/palette.ts";

describe("what a terminal can show", () => {
  test("is Unicode if the locale is UTF-8, by the most specific variable", () => {
    expect(glyphsFor({ LANG: "de_DE.UTF-8" }).vertical).toBe("│");
    expect(glyphsFor({ LANG: "C" }).vertical).toBe("|");
    expect(glyphsFor({ LANG: "de_DE.UTF-8", LC_ALL: "C" }).vertical).toBe("|");
    expect(glyphsFor({ LC_CTYPE: "C.utf8" }).vertical).toBe("│");
    expect(glyphsFor({}).vertical).toBe("|");
  });

  test("is otherwise written in ASCII, with the same number of cells", () => {
    const { spell } = glyphsFor({});
    expect(spell("slt → rms … 中é")).toBe("slt > rms ~ ???");
    expect(spell("slt → 中").length).toBe(Bun.stringWidth("slt → 中"));
  });

  test("has no colours with NO_COLOR, whatever the terminal can do", () => {
    const none = Object.values(paletteFor({ NO_COLOR: "1", TERM: "xterm-256color" }));
    expect(none.filter((sgr) => /(^|;)(3|4|9)\d/.test(sgr))).toEqual([]);
    expect(paletteFor({ TERM: "xterm" }).good).toBe("32");
    expect(paletteFor({ TERM: "tmux-256color" }).good).toStartWith("38;5;");
  });

  test("shows what is chosen without colours", () => {
    expect(paletteFor({ NO_COLOR: "1" }).selected).toBe("7");
  });

  test("is written in ASCII letter by letter, however many marks a letter has", () => {
    const { spell } = glyphsFor({});
    const text = "x\u0331\u0332 ก\u0e4d";
    expect(spell(text)).toHaveLength(Bun.stringWidth(text));
  });
});
