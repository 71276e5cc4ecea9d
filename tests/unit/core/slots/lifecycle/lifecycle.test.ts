import { describe, expect, test } from "bun:test";
import { MAX_DEATHS, WATCH_WINDOW_MS } from "../../../../../core/slots/lifecycle/restart-delay.ts";
import { CRASH, Driver, serving } from "./slot-driver.ts";

describe("a swap", () => {
  test("goes through every stage, and the first of a slot has nothing to drain", () => {
    const slot = new Driver();
    expect(slot.request("a")).toEqual(["a planned", "a starting", "start 1"]);
    expect(slot.advance(1)).toEqual(["a loading", "load 1"]);
    expect(slot.advance(1)).toEqual(["a restoring", "restore 1"]);
    expect(slot.advance(1)).toEqual(["a probing", "probe 1"]);
    expect(slot.advance(1)).toEqual(["a routed", "route 1 as 1", "a done", "a finished"]);
    expect(slot.state).toMatchObject({ live: { number: 1, instance: 1 }, swap: undefined, error: undefined });
  });

  test("tells what came of a stage before the next begins", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 2);
    expect(slot.send({ type: "advanced", instance: 2, detail: "7 bytes" })).toEqual([
      "b restoring: 7 bytes",
      "b probing",
      "probe 2",
    ]);
  });

  test("routes the new instance before the old is drained, and ends the old after", () => {
    const slot = serving();
    slot.request("b");
    expect(slot.advance(2, 4).slice(-5)).toEqual([
      "b routed",
      "route 2 as 2",
      "watch 2",
      "b draining",
      "drain 1",
    ]);
    expect(slot.state.swap?.phase).toBe("replacing");
    expect(slot.drained(1)).toEqual(["end 1"]);
    expect(slot.state.live).toMatchObject({ number: 2, instance: 2 });
    expect(slot.die(1)).toEqual(["b done", "b finished"]);
  });

  test.each([0, 1, 2, 3])("that fails after %d stages leaves what serves as it was", (stages) => {
    const slot = serving();
    const { live } = slot.state;
    slot.request("b");
    slot.advance(2, stages);
    expect(slot.fail(2)).toEqual(["end 2"]);
    expect(slot.die(2)).toEqual(["b failed", "b finished: plugin-failed"]);
    expect(slot.state.live).toBe(live);
    expect(slot.state).toMatchObject({
      swap: undefined,
      lastGeneration: 1,
      error: { code: "plugin-failed" },
    });
  });

  test("that fails where nothing serves fails those who wait for the slot", () => {
    const slot = new Driver();
    slot.request("a");
    slot.fail(1);
    expect(slot.die(1).at(-1)).toBe("give up: plugin-failed");
  });

  test("that fails where nothing serves leaves the hope to the one that is queued behind it", () => {
    const slot = new Driver();
    slot.request("a");
    slot.request("b");
    slot.fail(1);
    expect(slot.die(1)).toEqual(["a failed", "a finished: plugin-failed", "b starting", "start 2"]);
  });

  test("whose process dies before the stage that it was in is seen to fail is over all the same", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2);
    expect(slot.die(2)).toEqual([]);
    expect(slot.fail(2, CRASH)).toEqual(["end 2"]);
    expect(slot.die(2)).toEqual(["b failed", "b finished: plugin-crashed"]);
  });

  test("that has failed is not brought back by good news that comes late", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 2);
    slot.fail(2);
    expect(slot.advance(2)).toEqual([]);
    expect(slot.fail(2)).toEqual([]);
    expect(slot.state.live?.number).toBe(1);
  });

  test("waits for those before it, in order, drain included", () => {
    const slot = serving();
    slot.request("b");
    expect(slot.request("c")).toEqual(["c planned"]);
    expect(slot.request("d")).toEqual(["d planned"]);
    slot.advance(2, 4);
    expect(slot.state.waiting.map(({ id }) => id)).toEqual(["c", "d"]);
    slot.drained(1);
    expect(slot.die(1).slice(-2)).toEqual(["c starting", "start 3"]);
    slot.fail(3);
    expect(slot.die(3).slice(-2)).toEqual(["d starting", "start 4"]);
  });

  test("is over when the process that it drains dies: there is nothing left to wait for", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 4);
    expect(slot.die(1)).toEqual(["b done", "b finished"]);
    expect(slot.drained(1)).toEqual([]);
  });
});

describe("a death", () => {
  test("of the live instance is mended at once, under the same generation", () => {
    const slot = serving();
    expect(slot.die(1)).toEqual(["next-1 planned", "restart after 0"]);
    expect(slot.restart()).toEqual(["next-1 starting", "start 2"]);
    expect(slot.advance(2, 4).slice(-4)).toEqual([
      "recover 2 as 1",
      "next-1 routed",
      "next-1 done",
      "next-1 finished",
    ]);
    expect(slot.state).toMatchObject({ live: { number: 1, instance: 2 }, recovery: undefined });
  });

  test("is told in the record of its recovery", () => {
    const slot = serving();
    slot.die(1);
    expect(slot.effects[0]).toMatchObject({ type: "record", detail: "killed by SIGKILL" });
  });

  test("during a swap is mended beside it, and dropped once the new binding is routed", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 3);
    expect(slot.die(1)).toEqual(["next-1 planned", "restart after 0"]);
    slot.restart();
    expect(slot.advance(2)).toEqual([
      "b routed",
      "route 2 as 2",
      "watch 2",
      "end 3",
      "next-1 failed",
      "next-1 finished: cancelled",
      "b done",
      "b finished",
    ]);
    expect(slot.advance(3)).toEqual([]);
    expect(slot.state).toMatchObject({ live: { instance: 2 }, recovery: undefined });
  });

  test("whose restart was dropped before it began is not restarted", () => {
    const slot = serving();
    slot.request("b");
    slot.die(1);
    slot.advance(2, 4);
    expect(slot.restart()).toEqual([]);
  });

  test("of the live instance does not disturb a swap that then fails", () => {
    const slot = serving();
    slot.request("b");
    slot.die(1);
    slot.fail(2);
    expect(slot.die(2)).toEqual(["b failed", "b finished: plugin-failed"]);
    slot.restart();
    slot.advance(3, 4);
    expect(slot.state.live).toMatchObject({ number: 1, instance: 3 });
  });

  test("too many in a short time is given up, and a swap that is requested puts it right", () => {
    const slot = serving();
    const waits: string[] = [];
    for (let instance = 1; instance < MAX_DEATHS; instance++) {
      waits.push(slot.die(instance).at(-1)!);
      slot.restart();
      slot.advance(instance + 1, 4);
    }
    expect(waits).toEqual([0, 250, 500, 1000].map((ms) => `restart after ${ms}`));
    expect(slot.die(MAX_DEATHS)).toEqual(["give up: slot-failed"]);
    expect(slot.state.error?.message).toContain("died 5 times in 60 s");
    expect(slot.state.error?.message).toContain("killed by SIGKILL");

    slot.request("b");
    expect(slot.advance(MAX_DEATHS + 1, 4)).toContain("route 6 as 2");
    expect(slot.state).toMatchObject({ error: undefined, deaths: [] });
  });

  test("loop that a swap could still end is given up when that swap fails", () => {
    const slot = serving();
    slot.request("b");
    const instances = [1, 3, 4, 5, 6];
    for (const instance of instances.slice(0, -1)) {
      slot.die(instance);
      slot.restart();
      slot.advance(slot.state.lastInstance, 4);
    }
    expect(slot.die(6)).toEqual([]);
    slot.fail(2);
    expect(slot.die(2).at(-1)).toBe("give up: plugin-failed");
  });

  test("now and then is no crash loop", () => {
    const slot = serving();
    for (let instance = 1; instance <= 4 * MAX_DEATHS; instance++) {
      expect(slot.die(instance).at(-1)).toBe("restart after 0");
      slot.restart();
      slot.advance(instance + 1, 4);
      slot.now += WATCH_WINDOW_MS;
    }
  });

  test("a replacement that fails counts as a death", () => {
    const slot = serving();
    slot.die(1);
    slot.restart();
    expect(slot.fail(2)).toEqual([
      "end 2",
      "next-1 failed",
      "next-1 finished: plugin-failed",
      "next-2 planned",
      "restart after 250",
    ]);
  });
});

describe("a slot that is removed", () => {
  test("ends its swap, fails those that wait, and lets the live instance finish what it began", () => {
    const slot = serving();
    slot.request("b");
    slot.request("c");
    slot.advance(2);
    expect(slot.remove()).toEqual([
      "c failed",
      "c finished: slot-removed",
      "b failed",
      "b finished: slot-removed",
      "end 2",
      "drain 1",
      "give up: slot-removed",
    ]);
    expect(slot.advance(2)).toEqual([]);
    expect(slot.drained(1)).toEqual(["end 1"]);
    expect(slot.die(1)).toEqual([]);
  });

  test("lets a swap that was routed be done", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 4);
    expect(slot.remove()).toEqual(["drain 2", "give up: slot-removed"]);
    expect(slot.drained(1)).toEqual(["end 1"]);
    expect(slot.drained(2)).toEqual(["end 2"]);
    expect(slot.die(2)).toEqual([]);
    expect(slot.die(1)).toEqual(["b done", "b finished"]);
  });

  test("fails who asks for a swap later, starts nothing for it, and lets what was routed be done all the same", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 4);
    slot.remove();
    expect(slot.request("c")).toEqual(["c planned", "c failed", "c finished: slot-removed"]);
    slot.drained(1);
    slot.drained(2);
    slot.die(2);
    expect(slot.die(1)).toEqual(["b done", "b finished"]);
  });

  test("does not replace what died", () => {
    const slot = serving();
    slot.die(1);
    slot.restart();
    expect(slot.remove()).toEqual([
      "end 2",
      "next-1 failed",
      "next-1 finished: cancelled",
      "give up: slot-removed",
    ]);
    expect(slot.restart()).toEqual([]);
  });
});
