import { describe, expect, test } from "bun:test";
import { SlotWish } from "../../../../core/slots/slot-wish.ts";

const binding = (plugin: string) => ({ plugin });

describe("what a slot is to have", () => {
  test("is what the config wants, until somebody's choice serves", () => {
    const wish = new SlotWish(binding("a"));
    const serves = wish.request();
    expect(wish.wanted).toEqual(binding("a"));
    serves(binding("b"));
    expect([wish.wanted, wish.configured]).toEqual([binding("b"), binding("a")]);
  });

  test("is decided by the latest request, and not by the one that serves last", () => {
    const wish = new SlotWish(binding("a"));
    const [first, second] = [wish.request(), wish.request()];
    second(binding("c"));
    first(binding("b"));
    expect(wish.wanted).toEqual(binding("c"));
  });

  test("is what the config wants again, once it wants something else: also against a choice that serves later", () => {
    const wish = new SlotWish(binding("a"));
    const serves = wish.request();
    wish.configure(binding("c"));
    serves(binding("b"));
    expect([wish.wanted, wish.configured]).toEqual([binding("c"), binding("c")]);
  });

  test("goes back to what it was when a change of the config fails", () => {
    const wish = new SlotWish(binding("a"));
    wish.request()(binding("b"));
    const before = { wanted: wish.wanted, configured: wish.configured };
    wish.configure(binding("c"));
    wish.restore(before);
    expect([wish.wanted, wish.configured]).toEqual([binding("b"), binding("a")]);
  });
});
