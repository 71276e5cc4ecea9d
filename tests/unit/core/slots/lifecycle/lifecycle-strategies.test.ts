import { describe, expect, test } from "bun:test";
import { Driver, serving } from "./slot-driver.ts";

describe("room", () => {
  test("is requested before anything starts, and what comes of it is on record", () => {
    const slot = new Driver(false);
    expect(slot.request("a", "blue-green")).toEqual(["a planned", "admit 1"]);
    expect(slot.admit(1)).toEqual(["a admitted", "start 1"].toSpliced(1, 0, "a starting"));
    expect(slot.effects.find(({ type }) => type === "admit")).toMatchObject({ strategy: "blue-green" });
    expect(slot.effects).toContainEqual(expect.objectContaining({ type: "record", detail: "it fits" }));
  });

  test("that is refused fails the swap, and what serves keeps serving", () => {
    const slot = serving(false);
    slot.request("b");
    expect(slot.fail(2)).toEqual(["end 2"]);
    expect(slot.die(2)).toEqual(["b failed", "b finished: plugin-failed"]);
    expect(slot.state.live).toMatchObject({ number: 1, instance: 1 });
  });

  test("is requested again by the replacement of a process that died", () => {
    const slot = serving(false);
    slot.die(1);
    expect(slot.restart()).toEqual(["admit 2"]);
    expect(slot.admit(2)).toEqual(["next-1 admitted", "next-1 starting", "start 2"]);
  });
});

describe("where both do not fit", () => {
  test("the old instance finishes and ends, its memory is awaited, and only then the new one starts", () => {
    const slot = serving(false);
    slot.request("b");
    expect(slot.admit(2, "after-unload")).toEqual(["b admitted", "b draining", "drain 1 and keep its state"]);
    expect(slot.state.live).toMatchObject({ number: 1, instance: undefined });
    expect(slot.drained(1, true)).toEqual(["end 1"]);
    expect(slot.die(1)).toEqual(["await-room 2"]);
    expect(slot.send({ type: "roomy", instance: 2 })).toEqual(["b starting", "start 2"]);
    expect(slot.advance(2, 4).slice(-5)).toEqual([
      "b routed",
      "route 2 as 2",
      "watch 2",
      "b done",
      "b finished",
    ]);
  });

  test("a new binding that fails leads to the old one being loaded again, as the same generation", () => {
    const slot = serving(false);
    slot.request("b");
    slot.admit(2, "after-unload");
    slot.drained(1);
    slot.die(1);
    slot.send({ type: "roomy", instance: 2 });
    slot.advance(2);
    slot.fail(2);
    expect(slot.die(2)).toEqual([
      "b failed",
      "b finished: plugin-failed",
      "next-3 planned",
      "restart after 0",
    ]);
    slot.restart();
    slot.admit(3);
    expect(slot.advance(3, 4)).toContain("recover 3 as 1");
    expect(slot.state.deaths).toEqual([]);
  });

  test("what is being replaced after a death is not waited for", () => {
    const slot = serving(false);
    slot.die(1);
    slot.restart();
    slot.admit(2);
    slot.request("b");
    expect(slot.admit(3, "after-unload")).toEqual([
      "b admitted",
      "end 2",
      "next-1 failed",
      "next-1 finished: cancelled",
    ]);
    expect(slot.die(2)).toEqual(["await-room 3"]);
  });

  test("nothing has to be unloaded where nothing serves", () => {
    const slot = new Driver(false);
    slot.request("a", "recreate");
    expect(slot.admit(1, "after-unload")).toEqual(["a admitted", "await-room 1"]);
  });
});

describe("the instance that was replaced", () => {
  test("is parked, and the swap is done", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 4);
    expect(slot.drained(1, true)).toEqual(["park 1", "b done", "b finished"]);
    expect(slot.state.parked).toMatchObject({ number: 1, instance: 1 });
  });

  test("is not parked in a slot that was removed meanwhile: nobody can roll that back", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 4);
    slot.remove();
    expect(slot.drained(1, true)).toEqual(["end 1"]);
    expect(slot.die(1)).toEqual(["b done", "b finished"]);
  });

  test("is ended when its time is over, and before another instance starts", () => {
    const slot = serving();
    slot.swapTo("b", true);
    expect(slot.send({ type: "unparked", instance: 1 })).toEqual(["end 1"]);
    slot.die(1);
    slot.swapTo("c", true);
    expect(slot.request("d")).toEqual(["d planned", "end 2"]);
    expect(slot.die(2)).toEqual(["d starting", "start 4"]);
  });

  test("is back in service at once by a rollback, and learns what was learnt since if it can", () => {
    const slot = serving();
    slot.swapTo("b", true);
    expect(slot.rollback("back")).toEqual(["back planned", "back restoring", "restore 1 if it takes it"]);
    expect(slot.advance(1)).toEqual(["back routed", "route 1 as 3", "back draining", "drain 2"]);
    expect(slot.drained(2)).toEqual(["end 2"]);
    expect(slot.die(2)).toEqual(["back done", "back finished"]);
  });

  test("is back in service though it still drains, before the swaps that wait", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 4);
    slot.request("c");
    expect(slot.rollback("back")).toEqual([
      "back planned",
      "b rolled-back",
      "b finished",
      "back restoring",
      "restore 1 if it takes it",
    ]);
    expect(slot.advance(1)).toContain("route 1 as 3");
    expect(slot.drained(1)).toEqual([]);
    slot.drained(2);
    expect(slot.die(2)).toContain("c starting");
  });

  test("that is gone is loaded again by a rollback, even if it refuses the state", () => {
    const slot = serving();
    slot.swapTo("b");
    expect(slot.rollback("back")).toEqual(["back planned", "back starting", "start 3"]);
    expect(slot.advance(3, 2)).toContain("restore 3 if it takes it");
    expect(slot.advance(3, 2)).toContain("route 3 as 3");
  });

  test("dies, and the swap that was waiting for it goes on", () => {
    const slot = serving();
    slot.swapTo("b", true);
    slot.request("c");
    expect(slot.die(1)).toEqual(["c starting", "start 3"]);
  });
});

describe("a new generation that makes too many errors", () => {
  test("is rolled back while the old one still drains: its swap is rolled-back", () => {
    const slot = serving();
    slot.request("b");
    expect(slot.advance(2, 4)).toContain("watch 2");
    expect(slot.failTrial(2)).toEqual([
      "next-1 planned",
      "b rolled-back",
      "b finished: too-many-errors",
      "next-1 restoring",
      "restore 1 if it takes it",
    ]);
  });

  test("is rolled back to the parked instance, and its swap, which was done, is marked as rolled back", () => {
    const slot = serving();
    slot.swapTo("b", true);
    expect(slot.failTrial(2)).toEqual([
      expect.stringMatching(/ planned$/),
      "mark rolled back b: too-many-errors",
      expect.stringMatching(/ restoring$/),
      "restore 1 if it takes it",
    ]);
    expect(slot.advance(1)).toContain("route 1 as 3");
  });

  test("is rolled back to a new instance of the old binding where that is not parked any more", () => {
    const slot = serving();
    const { binding } = slot.state.live ?? {};
    slot.swapTo("b");
    expect(slot.failTrial(2).slice(1, 2)).toEqual(["mark rolled back b: too-many-errors"]);
    slot.advance(3, 4);
    expect(slot.state.live).toMatchObject({ number: 3, instance: 3, binding });
  });

  test("is not rolled back while another swap is on its way to replace it", () => {
    const slot = serving();
    slot.swapTo("b");
    slot.request("c");
    expect(slot.failTrial(2)).toEqual([]);
  });

  test("is not rolled back a second time if the way back by hand has failed: its swap is on record as rolled back", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 4);
    expect(slot.rollback("back")).toContain("b rolled-back");
    slot.fail(1);
    expect(slot.die(1)).toContain("back failed");
    expect(slot.state.live).toMatchObject({ number: 2, instance: 2 });
    expect(slot.failTrial(2)).toEqual([]);
  });

  test("is not rolled back once it was watched for long enough, nor after a rollback", () => {
    const slot = serving();
    slot.swapTo("b");
    slot.send({ type: "trial-passed", generation: 2 });
    expect(slot.failTrial(2)).toEqual([]);
    slot.rollback("back");
    slot.advance(3, 4);
    expect(slot.failTrial(3)).toEqual([]);
  });

  test("and dies again and again goes back instead of being given up", () => {
    const slot = serving();
    slot.swapTo("b");
    for (let instance = 2; instance < 6; instance++) {
      slot.die(instance);
      slot.restart();
      slot.advance(instance + 1, 4);
    }
    expect(slot.die(6)).toEqual([
      expect.stringMatching(/ planned$/),
      "mark rolled back b: slot-failed",
      expect.stringMatching(/ starting$/),
      "start 7",
    ]);
    slot.advance(7, 4);
    expect(slot.state.live).toMatchObject({ number: 3, instance: 7 });
  });
});

describe("an unload", () => {
  test("ends what serves when that has finished, and keeps its state for what is loaded next", () => {
    const slot = serving();
    expect(slot.unload("u")).toEqual(["u planned", "u draining", "drain 1 and keep its state"]);
    expect(slot.state).toMatchObject({ live: undefined, unloaded: "request" });
    expect(slot.drained(1, true)).toEqual(["end 1"]);
    expect(slot.die(1)).toEqual(["u done", "u finished"]);
    slot.request("again");
    expect(slot.advance(2, 4)).toContain("route 2 as 2");
    expect(slot.state.unloaded).toBeUndefined();
  });

  test("ends what is parked, and the replacement of what died", () => {
    const slot = serving();
    slot.swapTo("b", true);
    slot.die(2);
    slot.restart();
    expect(slot.unload("u").filter((word) => word.startsWith("end"))).toEqual(["end 3", "end 1"]);
    expect(slot.die(1)).toEqual([]);
    expect(slot.die(3)).toEqual(["u done", "u finished"]);
  });

  test("of nothing is done at once", () => {
    const slot = serving();
    slot.unload("u");
    slot.drained(1);
    slot.die(1);
    expect(slot.unload("v")).toEqual(["v planned", "v draining", "v done", "v finished"]);
  });
});
