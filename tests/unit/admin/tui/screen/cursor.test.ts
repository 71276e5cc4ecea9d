import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  AT_TOP,
  type Cursor,
  cursorOn,
  keyNamed,
  moved,
  windowOf,
} from "../../../../../admin/tui/screen/mod.ts";

const IDS = ["a", "b", "c", "d", "e", "f"];

function after(keys: readonly string[], ids: readonly string[] = IDS, rows = 3): Cursor {
  return keys.reduce((cursor, key) => moved(cursor, keyNamed(key), ids, rows) ?? cursor, AT_TOP);
}

describe("a cursor in a list", () => {
  test("moves by rows and pages, and stays within", () => {
    expect(after(["down"]).id).toBe("b");
    expect(after(["down", "down", "up"]).id).toBe("b");
    expect(after(["up"]).id).toBe("a");
    expect(after(["end", "down"]).id).toBe("f");
    expect(after(["pagedown"]).id).toBe("c");
    expect(after(["end", "home"]).id).toBe("a");
  });

  test("stays on what it is on while the list changes around it", () => {
    const cursor = after(["down", "down"]);
    expect(windowOf(cursor, ["x", "y", ...IDS], 20).chosen).toBe(4);
  });

  test("moves to the next element if its own is removed, or to the last", () => {
    const cursor = after(["down", "down"]);
    expect(windowOf(cursor, ["a", "b", "d"], 20).chosen).toBe(2);
    expect(windowOf(cursor, ["a"], 20).chosen).toBe(0);
    expect(windowOf(cursor, [], 20).chosen).toBe(-1);
  });

  test("is put on an element by its name", () => {
    expect(windowOf(cursorOn("e", IDS), IDS, 3)).toEqual({ chosen: 4, top: 2, rows: 3 });
  });

  test("is always visible, and rows are not left empty", () => {
    const key = fc.constantFrom("up", "down", "pageup", "pagedown", "home", "end");
    fc.assert(
      fc.property(fc.array(key), fc.nat(12), fc.integer({ min: 1, max: 8 }), (keys, count, rows) => {
        const ids = Array.from({ length: count }, (_, index) => String(index));
        const { chosen, top } = windowOf(after(keys, ids, rows), ids, rows);
        if (count === 0) return;
        expect(chosen).toBeGreaterThanOrEqual(top);
        expect(chosen).toBeLessThan(top + rows);
        expect(top).toBeLessThanOrEqual(Math.max(0, count - rows));
      }),
    );
  });

  test("leaves other keys alone", () => {
    expect(moved(AT_TOP, keyNamed("s"), IDS, 3)).toBeUndefined();
  });
});
