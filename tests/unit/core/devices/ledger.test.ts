import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Ledger } from "../../../../core/devices/ledger.ts";

function ledger(...entries: [key: string, bytes: number, ...replaces: string[]][]): Ledger {
  const made = new Ledger();
  for (const [key, bytes, ...replaces] of entries) {
    const slot = key.split("#")[0] ?? "";
    made.reserve({ key, slot, plugin: "p@1.0.0", device: "host", replaces }, [{ device: "host", bytes }]);
  }
  return made;
}

describe("the ledger", () => {
  test("adds up the reservations of instances, until they are released", () => {
    const held = ledger(["a#1", 3], ["b#1", 4]);
    expect(held.charge("host")).toBe(7);
    expect(held.charge("cuda:0")).toBe(0);
    expect(held.charge("host", new Set(["a#1"]))).toBe(4);
    expect(held.release("a#1")?.slot).toBe("a");
    expect(held.release("a#1")).toBeUndefined();
    expect(held.charge("host")).toBe(4);
  });

  test("counts an instance together with those that it replaces, as the larger of the two", () => {
    expect(ledger(["a#1", 6], ["a#2", 4, "a#1"]).charge("host")).toBe(6);
    expect(ledger(["a#1", 4], ["a#2", 6, "a#1"]).charge("host")).toBe(6);
    expect(ledger(["a#1", 4], ["b#1", 4], ["c#1", 6, "a#1", "b#1"]).charge("host")).toBe(8);
    const replaced = ledger(["a#1", 6], ["a#2", 4, "a#1"]);
    replaced.release("a#1");
    expect(replaced.charge("host")).toBe(4);
  });

  test("keeps the room of the oldest for the newest, in case the one between fails", () => {
    const held = ledger(["a#1", 6], ["a#2", 4, "a#1"], ["a#3", 5, "a#2"]);
    held.release("a#2");
    expect(held.charge("host")).toBe(6);
  });

  test("distinguishes measurements from estimates", () => {
    const held = ledger(["a#1", 3], ["b#1", 4]);
    held.settle("a#1", "host", 2);
    expect(held.parts("host")).toEqual({ measured: 2, estimated: 4 });
    expect(held.charge("host")).toBe(6);
    held.settle("gone", "host", 2);
    expect(held.charge("host")).toBe(6);
  });

  test("counts an instance that was meant for a GPU and runs on the CPU only on the host", () => {
    const held = new Ledger();
    const of = { key: "a#1", slot: "a", plugin: "p@1.0.0", device: "cuda:0", replaces: [] };
    held.reserve(of, [
      { device: "cuda:0", bytes: 5 },
      { device: "host", bytes: 2 },
    ]);
    held.moveToHost("a#1");
    expect([held.charge("cuda:0"), held.charge("host"), held.get("a#1")?.device]).toEqual([0, 2, "host"]);
  });

  test("never counts an instance twice, never less than the largest, and never more without some, for all replacements", () => {
    const entry = fc.tuple(fc.nat(9), fc.array(fc.nat(5), { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), fc.array(fc.nat(5)), (entries, gone) => {
        const held = ledger(
          ...entries.map(([bytes, replaces], key): [string, number, ...string[]] => [
            `${key}`,
            bytes,
            ...replaces.filter((one) => one < key).map(String),
          ]),
        );
        const sizes = entries.map(([bytes]) => bytes);
        const charge = held.charge("host");
        expect(charge).toBeLessThanOrEqual(sizes.reduce((a, b) => a + b, 0));
        expect(charge).toBeGreaterThanOrEqual(Math.max(...sizes));
        expect(held.charge("host", new Set(gone.map(String)))).toBeLessThanOrEqual(charge);
      }),
    );
  });
});
