import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../../core/errors.ts";
import { Driver, serving } from "./slot-driver.ts";

describe("a canary", () => {
  /** @returns a slot with instance 1 of generation 1, and instance 2 of generation 2 as its canary */
  function trying(): Driver {
    const slot = serving();
    slot.request("b", "canary");
    slot.advance(2, 3);
    expect(slot.advance(2)).toEqual(["b canary", "route-share 2 as 2"]);
    return slot;
  }

  test("takes the place of what serves when it is promoted", () => {
    const slot = trying();
    expect(slot.send({ type: "promoted", id: "b", detail: "0 of 20 failed" })).toEqual([
      "b canary: 0 of 20 failed",
      "b routed",
      "promote 2 as 2",
      "watch 2",
      "b draining",
      "drain 1",
    ]);
    slot.drained(1);
    expect(slot.die(1)).toEqual(["b done", "b finished"]);
  });

  test.each(["by hand", "as it fails too often"])("that is rolled back %s finishes what it began", (why) => {
    const slot = trying();
    const error = new SyrinxError("swap-aborted", "no");
    const done = why === "by hand" ? slot.send({ type: "aborted", id: "b", error }) : slot.failTrial(2);
    expect(done).toEqual(["b draining", "end-share", "drain 2"]);
    expect(slot.drained(2, true)).toEqual(["end 2"]);
    expect(slot.die(2)[0]).toBe("b rolled-back");
    expect(slot.state.live).toMatchObject({ number: 1, instance: 1 });
  });

  test("that dies is rolled back at once", () => {
    const slot = trying();
    expect(slot.die(2)).toEqual(["end-share", "b rolled-back", "b finished: plugin-crashed"]);
  });

  test("goes on when what serves dies, which is replaced beside it", () => {
    const slot = trying();
    slot.die(1);
    slot.restart();
    slot.advance(3, 4);
    expect(slot.state).toMatchObject({
      live: { number: 1, instance: 3 },
      swap: { phase: "canary", generation: 2, instance: 2 },
    });
  });

  test("where nothing serves is no canary", () => {
    const slot = new Driver();
    slot.request("a", "canary");
    expect(slot.advance(1, 4)).toContain("route 1 as 1");
  });

  test("leaves its number unused when it was rolled back", () => {
    const slot = trying();
    slot.die(2);
    slot.request("c");
    expect(slot.advance(3, 4)).toContain("route 3 as 3");
  });

  test("finishes what it began when its slot is removed", () => {
    const slot = trying();
    expect(slot.remove()).toContain("drain 2");
  });
});
