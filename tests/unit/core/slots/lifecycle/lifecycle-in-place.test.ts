import { describe, expect, test } from "bun:test";
import type { LoadReason } from "../../../../../core/slots/lifecycle/mod.ts";
import type { Strategy } from "../../../../../schemas/generated/swap.ts";
import { bindingOf } from "../../releases/releases.ts";
import { type Driver, serving } from "./slot-driver.ts";

/** Asks for what serves at another pace, which its process takes as it runs. */
function pace(
  slot: Driver,
  id: string,
  value: number,
  how: { strategy?: Strategy; reason?: LoadReason } = {},
) {
  return slot.load(id, bindingOf("first", value), { reason: "config", ...how });
}

describe("a change of live settings alone", () => {
  test("is a new generation of the same instance, and starts, drains and ends nothing", () => {
    const slot = serving();
    expect(pace(slot, "a", 2)).toEqual([
      "a planned",
      "a routed",
      "reconfigure 1 as 2",
      "watch 2",
      "a done",
      "a finished",
    ]);
    expect(slot.state).toMatchObject({
      live: { number: 2, instance: 1, binding: bindingOf("first", 2) },
      previous: bindingOf("first"),
      lastInstance: 1,
      swap: undefined,
    });
    expect([slot.state.draining.size, slot.state.ending.size]).toEqual([0, 0]);
  });

  test("is rolled back in place, by hand and by too many errors", () => {
    const slot = serving();
    pace(slot, "a", 2);
    expect(slot.rollback("back")).toEqual([
      "back planned",
      "back routed",
      "reconfigure 1 as 3",
      "back done",
      "back finished",
    ]);
    pace(slot, "b", 3);
    expect(slot.failTrial(4)).toEqual([
      "next-1 planned",
      "mark rolled back b: too-many-errors",
      "next-1 routed",
      "reconfigure 1 as 5",
      "next-1 done",
      "next-1 finished",
    ]);
    expect(slot.state.live).toMatchObject({ instance: 1, binding: bindingOf("first") });
  });

  test("waits for the swap before it, and is a swap of its own where that has brought another binding", () => {
    const slot = serving();
    slot.request("other");
    expect(pace(slot, "a", 2)).toEqual(["a planned"]);
    slot.advance(2, 4);
    slot.drained(1);
    expect(slot.die(1)).toEqual(["other done", "other finished", "a starting", "start 3"]);
  });

  test.each<{ strategy?: Strategy; reason?: LoadReason }>([
    { reason: "reload" },
    { strategy: "blue-green" },
    { strategy: "recreate" },
    { strategy: "canary" },
  ])("starts a new process all the same where that is requested: %p", (how) => {
    const slot = serving();
    expect(pace(slot, "a", 2, how)).toContain("start 2");
  });

  test("starts a process where the one that served has died", () => {
    const slot = serving();
    slot.die(1);
    expect(pace(slot, "a", 2)).toContain("start 2");
  });

  test("outlives the process: the next one is started with it", () => {
    const slot = serving();
    pace(slot, "a", 2);
    slot.die(1);
    slot.restart();
    expect(slot.effects).toContainEqual({
      type: "admit",
      instance: 2,
      binding: bindingOf("first", 2),
      strategy: "auto",
    });
    slot.advance(2, 4);
    expect(slot.state.live).toMatchObject({ number: 2, instance: 2 });
  });
});
