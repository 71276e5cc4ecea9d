import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../../core/errors.ts";
import { bindingOf } from "../../releases/releases.ts";
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

  const LATER: [string, (slot: Driver) => string[]][] = [
    ["a change of the config", (slot) => slot.load("c", bindingOf("c"), { reason: "config" })],
    ["another swap", (slot) => slot.request("c")],
    ["another swap", (slot) => slot.request("c", "canary")],
    ["a reload", (slot) => slot.load("c", bindingOf("first"), { reason: "reload" })],
    ["an unload", (slot) => slot.unload("c")],
  ];
  test.each(LATER)("holds up nothing: %s ends it, and then has its turn", (what, ask) => {
    const slot = trying();
    expect(ask(slot)).toEqual(["c planned", "b draining", "end-share", "drain 2"]);
    expect(slot.drained(2)).toEqual(["end 2"]);
    const gone = slot.die(2);
    expect(gone.slice(0, 2)).toEqual(["b rolled-back", "b finished: swap-overtaken"]);
    expect(slot.state.swap?.transition.id).toBe("c");
    const finished = slot.effects.find((effect) => effect.type === "finish");
    expect(finished).toMatchObject({ id: "b", rolledBackBy: "overtaken" });
    expect(finished?.error?.message).toBe(`It was overtaken by ${what} (swap c)`);
  });

  test("ends as soon as it is on trial, if something was asked of its slot before that", () => {
    const slot = serving();
    slot.request("b", "canary");
    slot.advance(2, 3);
    expect(slot.request("c")).toEqual(["c planned"]);
    expect(slot.advance(2)).toEqual(["b canary", "route-share 2 as 2", "b draining", "end-share", "drain 2"]);
  });

  test("that had too few requests in its time is rolled back: it is not proven", () => {
    const slot = trying();
    const error = new SyrinxError("canary-unproven", "It had 3 of 20 requests");
    expect(slot.send({ type: "overdue", id: "other", error })).toEqual([]);
    expect(slot.send({ type: "overdue", id: "b", error })).toEqual(["b draining", "end-share", "drain 2"]);
    slot.drained(2);
    slot.die(2);
    expect(slot.effects).toContainEqual({ type: "finish", id: "b", error, rolledBackBy: "max-wait" });
  });

  const ENDS: [string, (slot: Driver) => void][] = [
    ["hand", (slot) => slot.send({ type: "aborted", id: "b", error: new SyrinxError("swap-aborted", "no") })],
    ["canary", (slot) => slot.failTrial(2)],
    ["canary", (slot) => slot.die(2)],
  ];
  test.each(ENDS)("says that it was rolled back by %s", (by, end) => {
    const slot = trying();
    end(slot);
    slot.drained(2);
    slot.die(2);
    expect(slot.effects.find((effect) => effect.type === "finish")).toMatchObject({ rolledBackBy: by });
  });
});
