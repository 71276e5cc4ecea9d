import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../../core/errors.ts";
import { Driver, serving } from "./slot-driver.ts";

const GONE = new SyrinxError("release-not-found", "there is no plugin gone");

describe("a load policy", () => {
  test("on demand has a slot that was never loaded wait for its first request", () => {
    const slot = new Driver();
    expect(slot.send({ type: "load-policy-set", load: "on-demand" })).toEqual([]);
    expect(slot.state.unloaded).toBe("on-demand");
  });

  test("leaves alone what serves, what is on its way, and what was unloaded for another reason", () => {
    const [live, loading, idle] = [serving(), new Driver(), serving()];
    loading.request("a");
    idle.unload("u", "idle");
    idle.drained(1);
    idle.die(1);
    for (const slot of [live, loading]) slot.send({ type: "load-policy-set", load: "on-demand" });
    idle.send({ type: "load-policy-set", load: "eager" });
    expect([live, loading, idle].map(({ state }) => state.unloaded)).toEqual([undefined, undefined, "idle"]);
  });
});

describe("a binding that could not be loaded", () => {
  test("is told to those who wait, if nothing serves and nothing is on its way", () => {
    const slot = new Driver();
    expect(slot.send({ type: "rejected", error: GONE })).toEqual(["give up: release-not-found"]);
    expect(slot.state.error).toBe(GONE);
  });

  test("leaves what serves as it is, and is only in its error", () => {
    const slot = serving();
    const { live } = slot.state;
    expect(slot.send({ type: "rejected", error: GONE })).toEqual([]);
    expect([slot.state.live, slot.state.error]).toEqual([live, GONE]);
  });

  test("gives nobody up who waits for a load that is on its way, or behind an unload", () => {
    const loading = new Driver();
    loading.request("a");
    expect(loading.send({ type: "rejected", error: GONE })).toEqual([]);
    const behind = serving();
    behind.unload("u");
    expect(behind.send({ type: "rejected", error: GONE })).toEqual(["give up: release-not-found"]);
    behind.request("b");
    expect(behind.send({ type: "rejected", error: GONE })).toEqual([]);
  });

  test("changes nothing in a slot that was removed: that is why nothing serves", () => {
    const slot = serving();
    slot.remove();
    expect(slot.send({ type: "rejected", error: GONE })).toEqual([]);
    expect(slot.state.error?.code).toBe("slot-removed");
  });
});

describe("an error that is over", () => {
  test("is gone, and a slot on demand waits for a request again", () => {
    const slot = new Driver();
    slot.send({ type: "rejected", error: GONE });
    slot.send({ type: "error-cleared", load: "on-demand" });
    expect([slot.state.error, slot.state.unloaded]).toEqual([undefined, "on-demand"]);
  });

  test("stays in a slot that serves, swaps or was removed", () => {
    const [live, swapping, removed] = [serving(), new Driver(), serving()];
    swapping.request("a");
    removed.remove();
    for (const slot of [live, swapping]) slot.send({ type: "rejected", error: GONE });
    for (const slot of [live, swapping, removed]) slot.send({ type: "error-cleared", load: "on-demand" });
    expect([live, swapping, removed].map(({ state }) => state.error?.code)).toEqual([
      "release-not-found",
      "release-not-found",
      "slot-removed",
    ]);
  });
});

describe("an unload", () => {
  test.each([
    ["unload", "request"],
    ["idle", "idle"],
    ["evicted", "evicted"],
  ] as const)("as %s is told as %s: who wants the slot then depends on it", (reason, told) => {
    const slot = serving();
    slot.unload("u", reason);
    expect(slot.state.unloaded).toBe(told);
  });
});

describe("an instance that was replaced and drained", () => {
  const draining = () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 4);
    return slot;
  };

  test("is parked for as long as the config says, if a rollback leads back to it", () => {
    const slot = draining();
    slot.drained(1, true);
    expect(slot.effects).toContainEqual({ type: "park", instance: 1, ms: 60_000 });
  });

  test("is not parked if an utterance of it hangs, nor if the config keeps none", () => {
    expect(draining().drained(1, true, 1)).toEqual(["end 1"]);
    expect(draining().drained(1, false)).toEqual(["end 1"]);
  });

  test("is not parked after a reload: it is what serves already", () => {
    const slot = serving();
    slot.load("again", slot.state.live!.binding, { reason: "reload" });
    slot.advance(2, 4);
    expect(slot.drained(1, true)).toEqual(["end 1"]);
  });
});

describe("those who hold a process that is gone", () => {
  const expired = (slot: Driver) => slot.effects.findLast((effect) => effect.type === "expire");

  test("wait for the next one if that is on its way, under the same generation", () => {
    const slot = serving();
    slot.die(1);
    expect(expired(slot)).toMatchObject({ instance: 1, except: 1 });
  });

  test("are told that it is over in a crash loop, and when nothing follows it", () => {
    const slot = serving();
    for (let instance = 1; instance < 5; instance++) {
      slot.die(instance);
      slot.restart();
      slot.advance(instance + 1, 4);
    }
    slot.die(5);
    expect(expired(slot)).toMatchObject({ instance: 5, except: undefined });
  });

  test("are told that it is over when it dies while a recreate drains it", () => {
    const slot = serving(false);
    slot.request("b");
    slot.admit(2, "after-unload");
    slot.die(1);
    expect(expired(slot)).toMatchObject({ instance: 1, except: undefined, swap: "b" });
  });

  test("go on with what serves if it was replaced, which the record of that swap counts", () => {
    const slot = serving();
    slot.request("b");
    slot.advance(2, 4);
    slot.request("c");
    slot.die(1);
    expect(expired(slot)).toMatchObject({ instance: 1, except: 2 });
  });
});
