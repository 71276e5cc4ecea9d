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
    const before = wish.standing();
    wish.configure(binding("c"));
    wish.restore(before);
    expect([wish.wanted, wish.configured]).toEqual([binding("b"), binding("a")]);
  });

  test("is a later choice, once that serves, also if a change of the config before it has failed meanwhile", () => {
    const wish = new SlotWish(binding("a"));
    const before = wish.standing();
    wish.configure(binding("c"));
    const serves = wish.request();
    wish.restore(before);
    expect(wish.wanted).toEqual(binding("a"));
    serves(binding("b"));
    expect(wish.wanted).toEqual(binding("b"));
  });

  test("is a choice that waits, also if the config takes over the choice before it meanwhile", () => {
    const wish = new SlotWish(binding("a"));
    const [first, second] = [wish.request(), wish.request()];
    first(binding("b"));
    wish.adopt(binding("b"));
    expect([wish.wanted, wish.configured]).toEqual([binding("b"), binding("b")]);
    second(binding("c"));
    expect([wish.wanted, wish.configured]).toEqual([binding("c"), binding("b")]);
  });

  test("is what serves, if the config wants that instead of what was chosen", () => {
    const wish = new SlotWish(binding("a"));
    const serves = wish.request();
    wish.adopt(binding("b"));
    serves(binding("c"));
    expect([wish.wanted, wish.configured]).toEqual([binding("b"), binding("b")]);
  });
});
