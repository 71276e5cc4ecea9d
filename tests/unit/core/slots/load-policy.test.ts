import { describe, expect, test } from "bun:test";
import { EAGER } from "../../../../core/slots/slot-environment.ts";
import { bindingOf } from "../releases/releases.ts";
import { MB, SlotSurroundings, settle, until } from "./slot-fixture.ts";

const IDLE = { load: "on-demand", idleUnloadMs: 60_000 } as const;

describe("a slot that is unloaded when nobody uses it", () => {
  test("goes after its time, counted from the end of the last utterance", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot("voices.a", IDLE);
    await all.serve(slot, "a");
    const lease = await slot.acquire(0);
    all.clock.pass(50_000);
    lease.release();
    all.clock.pass(59_999);
    expect(slot.state).toBe("ready");
    all.clock.pass(1);
    await settle();
    expect([slot.state, slot.unloaded]).toEqual(["unloaded", "idle"]);
    expect(all.lastSwap(slot)).toMatchObject({ reason: "idle", stage: "done", to: null });
    expect(all.plugins.newest.closed).toBe(true);
  });

  test("stays while an utterance holds it, and while a swap is under way", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot("voices.a", IDLE);
    await all.serve(slot, "a");
    const lease = await slot.acquire(0);
    all.clock.pass(600_000);
    expect(slot.state).toBe("ready");
    lease.release();
    const loads = Promise.withResolvers<void>();
    all.behave("b", { load: () => loads.promise });
    const swap = slot.swap(bindingOf("b"), "request");
    await settle();
    all.clock.pass(600_000);
    expect(slot.state).toBe("ready");
    loads.resolve();
    await swap.done;
    await settle();
    expect([slot.state, slot.running]).toEqual(["ready", bindingOf("b")]);
  });

  test("stays for ever where the config says 0, from the moment on that it says so", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot("voices.a", IDLE);
    await all.serve(slot, "a");
    slot.setLoadPolicy({ ...EAGER, idleUnloadMs: 0 });
    all.clock.pass(3_000_000);
    await settle();
    expect(slot.state).toBe("ready");
  });
});

describe("what may be ended to make room", () => {
  test("is a voice on demand that nobody uses, with when it was last used", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot("voices.a", { load: "on-demand" });
    await all.serve(slot, "a");
    all.clock.pass(5_000);
    const lease = await slot.acquire(0);
    expect(slot.evictable).toEqual([]);
    lease.release();
    expect(slot.evictable).toEqual([{ key: "voices.a#1", lastUsedAt: 1_005_000 }]);
    await slot.evict("voices.a#1");
    expect([slot.state, slot.unloaded]).toEqual(["unloaded", "evicted"]);
  });

  test("is no eager voice, but its parked instance is freed before everything else", async () => {
    const all = new SlotSurroundings({ parkForMs: 600_000 });
    const slot = all.slot();
    const { instance: old } = await all.serve(slot, "a");
    expect(slot.evictable).toEqual([]);
    await slot.swap(bindingOf("b"), "request").done;
    expect(slot.evictable).toEqual([{ key: "voices.a#1", lastUsedAt: 0 }]);
    await slot.evict("voices.a#1");
    expect(old.closed).toBe(true);
    expect([slot.state, slot.evictable]).toEqual(["ready", []]);
  });

  test("is requested again before it is ended: one that is in use by then stays", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot("voices.a", { load: "on-demand" });
    await all.serve(slot, "a");
    await slot.acquire(0);
    await slot.evict("voices.a#1");
    expect(slot.state).toBe("ready");
  });
});

describe("a process that takes too much memory", () => {
  test.each([
    [{ memoryLimitBytes: 300 * MB }, 301, "voices.a.memoryLimitBytes"],
    [{}, 1_001, "memory.budgets.host"],
  ])("is ended with the numbers as the reason, and replaced: %p", async (policy, uses, from) => {
    const all = new SlotSurroundings({ memoryIntervalMs: 1_000 }, 1_000 * MB);
    const slot = all.slot("voices.a", policy);
    await all.serve(slot, "a");
    all.processBytes = (uses - 1) * MB;
    all.clock.pass(1_000);
    await settle();
    expect(slot.state).toBe("ready");
    all.processBytes = uses * MB;
    all.clock.pass(1_000);
    await until("it is ended", () => slot.state === "recovering");
    expect(all.lastSwap(slot)).toMatchObject({ reason: "recovery" });
    expect(all.lastSwap(slot).stages[0]?.detail).toContain(from);
  });
});

describe("a voice is told how much memory it may use", () => {
  test("what its budget leaves beside the others: what it replaces does not count", async () => {
    const all = new SlotSurroundings({}, 1_000 * MB);
    all.processBytes = 400 * MB;
    const other = await all.serve(all.slot("voices.b"), "b");
    const slot = all.slot("voices.a");
    const first = await all.serve(slot, "a");
    expect(other.instance.memoryBytes).toBe(1_000 * MB);
    expect(first.instance.memoryBytes).toBe(600 * MB);
    await slot.swap(bindingOf("c"), "request").done;
    expect(all.plugins.newest.memoryBytes).toBe(600 * MB);
  });

  test("its limit, if that is less", async () => {
    const all = new SlotSurroundings({}, 1_000 * MB);
    const { instance } = await all.serve(all.slot("voices.a", { memoryLimitBytes: 300 * MB }), "a");
    expect(instance.memoryBytes).toBe(300 * MB);
  });
});

describe("a slot that is loaded on demand", () => {
  test("waits for its first request, and one that is loaded stays loaded when it becomes so", async () => {
    const all = new SlotSurroundings();
    const waits = all.slot("voices.a", { load: "on-demand" });
    expect([waits.state, waits.unloaded]).toEqual(["unloaded", "on-demand"]);
    const eager = all.slot("voices.b");
    await all.serve(eager, "b");
    eager.setLoadPolicy({ ...EAGER, load: "on-demand" });
    expect([eager.state, eager.unloaded]).toEqual(["ready", undefined]);
  });
});
