import { describe, expect, test } from "bun:test";
import {
  fieldLine,
  fieldOf,
  keyNamed,
  lineCells,
  textOf,
  typed,
} from "../../../../../admin/tui/screen/mod.ts";

function after(text: string, ...keys: readonly string[]) {
  return keys.reduce((field, key) => typed(field, keyNamed(key)) ?? field, fieldOf(text));
}

describe("a field that is typed into", () => {
  test("takes what is typed where the cursor is", () => {
    expect(after("", "a", "中", "b").text).toBe("a中b");
    expect(after("ac", "left", "b").text).toBe("abc");
    expect(after("bc", "home", "a").text).toBe("abc");
  });

  test("deletes whole characters, in both directions", () => {
    expect(after("a𠀀", "backspace").text).toBe("a");
    expect(after("a𠀀b", "home", "right", "delete").text).toBe("ab");
    expect(after("a𠀀b", "end", "left", "left", "x").text).toBe("ax𠀀b");
    expect(after("", "backspace", "left").text).toBe("");
  });

  test("knows the keys of a shell", () => {
    expect(after("say hello world", "ctrl-w").text).toBe("say hello ");
    expect(after("say hello", "ctrl-u").text).toBe("");
    expect(after("say hello", "ctrl-a", "right", "right", "right", "ctrl-k").text).toBe("say");
  });

  test("shows the part around the cursor when it is longer than its room", () => {
    expect(textOf(fieldLine(fieldOf("0123456789"), 5))).toBe("6789 ");
    expect(textOf(fieldLine(after("0123456789", "home"), 5))).toBe("01234");
    expect(lineCells(fieldLine(fieldOf("中文声音很好"), 6))).toBeLessThanOrEqual(6);
  });

  test("leaves other keys alone", () => {
    expect(typed(fieldOf("a"), keyNamed("enter"))).toBeUndefined();
  });

  test("shows the cursor also behind characters that cannot be shown", () => {
    const line = fieldLine(after("👩‍👩‍👧".repeat(30), "x"), 10);
    expect(textOf(line)).toBe("????????x ");
    expect(textOf(fieldLine({ text: "a\u200bb", at: 1 }, 10))).toBe("a b");
  });
});
