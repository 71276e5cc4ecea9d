import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../core/errors.ts";
import { bindingOf } from "../releases/releases.ts";
import { SlotSurroundings, settle, until } from "./slot-fixture.ts";

describe("who wants a slot that is unloaded", () => {
  test("is let in when it has been loaded, and asks for it once", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot("voices.a", { load: "on-demand" });
    expect(slot.state).toBe("unloaded");
    const held = slot.acquire(1_000);
    expect(all.demands).toEqual(["voices.a"]);
    slot.swap(bindingOf("a"), "demand");
    expect((await held).generation).toBe(1);
    expect(all.demands).toHaveLength(1);
  });

  test("is told at once if it cannot be loaded, and waits for nothing", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot("voices.a", { load: "on-demand" });
    all.environment.demand = () =>
      slot.reject(new SyrinxError("release-not-found", "There is no plugin gone"));
    const told = slot.acquire(1_000).catch((error: unknown) => error);
    await settle();
    all.clock.pass(1_000);
    const message = "Slot voices.a is failed: There is no plugin gone";
    expect(await told).toMatchObject({ code: "slot-failed", message });
  });

  test("is told after the wait that it is not ready", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot("voices.a", { load: "on-demand" });
    const held = slot.acquire(1_000);
    all.clock.pass(1_000);
    await expect(held).rejects.toMatchObject({ code: "slot-loading" });
  });

  test("is told how to load what was unloaded by hand, if it is eager", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    await slot.unload("unload").done;
    await expect(slot.acquire(1_000)).rejects.toMatchObject({
      code: "slot-unloaded",
      message: expect.stringContaining("syrinx load"),
    });
    expect(all.demands).toEqual([]);
  });

  test("has it loaded again if others needed its memory, though it is eager", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    await slot.unload("evicted").done;
    expect(slot.unloaded).toBe("evicted");
    const held = slot.acquire(1_000);
    expect(all.demands).toEqual(["voices.a"]);
    slot.swap(bindingOf("a"), "demand");
    expect((await held).generation).toBe(2);
  });
});

describe("an utterance whose process dies", () => {
  test("goes on with the process that takes its place, as the same generation", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    const { instance: dead } = await all.serve(slot, "a");
    const lease = await slot.acquire(0);
    dead.die();
    await until("the death is known", () => slot.state === "recovering");
    const next = lease.instance();
    all.clock.pass(0);
    expect(await next).toBe(all.plugins.newest);
    expect(all.plugins.newest).not.toBe(dead);
    expect(lease.over.aborted).toBe(false);
    expect(slot.view()).toMatchObject({ state: "ready", generation: 1, restarts: 1 });
    expect(all.lastSwap(slot)).toMatchObject({ reason: "recovery", stage: "done" });
    expect(all.lastSwap(slot).stages[0]).toMatchObject({ detail: "killed by SIGKILL" });
  });

  test("is told at once when that has died too often, and so is everybody who comes later", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    const lease = await slot.acquire(0);
    for (let deaths = 1; deaths <= 4; deaths++) {
      all.plugins.newest.die(`death ${deaths}`);
      await until(`death ${deaths} is known`, () => slot.state === "recovering");
      all.clock.pass(2_000);
      await until(`death ${deaths} is mended`, () => slot.state === "ready");
    }
    all.plugins.newest.die("the last");
    await until("it is given up", () => slot.state === "failed");
    expect(lease.over.reason).toMatchObject({ code: "plugin-crashed", message: "the last" });
    await expect(lease.instance()).rejects.toMatchObject({ message: "the last" });
    await expect(slot.acquire(60_000)).rejects.toMatchObject({
      code: "slot-failed",
      message: expect.stringContaining("died 5 times in 60 s"),
    });
    expect(all.plugins.started).toHaveLength(5);
  });

  test("goes on with the new binding if that is routed before a replacement is there", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    const { instance: dead } = await all.serve(slot, "a");
    const lease = await slot.acquire(0);
    const swap = slot.swap(bindingOf("b"), "request");
    dead.die();
    await swap.served;
    expect(lease.over.reason).toMatchObject({ code: "plugin-crashed" });
    lease.moved();
    await swap.done;
    expect(all.journal.swaps.swap(swap.id)).toMatchObject({ moved: 1 });
  });
});

describe("an utterance that holds what was replaced", () => {
  test("has the time of swap.drainTimeoutMs, then 10 s to go elsewhere, and breaks after that", async () => {
    const all = new SlotSurroundings({ drainTimeoutMs: 30_000 });
    const slot = all.slot();
    const { instance: old } = await all.serve(slot, "a");
    const hangs = await slot.acquire(0);
    const swap = slot.swap(bindingOf("b"), "request");
    await swap.served;
    await settle();
    all.clock.pass(29_999);
    await settle();
    expect(hangs.over.aborted).toBe(false);
    all.clock.pass(1);
    await settle();
    expect(hangs.over.reason).toMatchObject({ code: "plugin-timeout" });
    all.clock.pass(9_999);
    await settle();
    expect(old.calls).not.toContain("end");
    all.clock.pass(1);
    await swap.done;
    expect(old.closed).toBe(true);
  });

  test("keeps an instance that hangs from being parked: no rollback leads back to it", async () => {
    const all = new SlotSurroundings({ drainTimeoutMs: 0, parkForMs: 60_000 });
    const slot = all.slot();
    const { instance: old } = await all.serve(slot, "a");
    await slot.acquire(0);
    const swap = slot.swap(bindingOf("b"), "request");
    await swap.served;
    await settle();
    all.clock.pass(0);
    await settle();
    all.clock.pass(10_000);
    await swap.done;
    expect(old.calls.at(-1)).toBe("end");
  });
});

describe("a new generation on trial", () => {
  const faults = ["plugin-failed", "plugin-crashed", "plugin-timeout", "protocol-violation"] as const;
  const innocent = ["cancelled", "queue-full", "memory-refused"] as const;

  test.each(faults)("is rolled back for %s: that is the plugin's fault", async (code) => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    await slot.swap(bindingOf("b"), "request").done;
    const error = new SyrinxError(code, "why");
    await all.speak(slot, error, error, error, error);
    await until("it is rolled back", () => slot.view().generation === 3);
  });

  test.each(innocent)("stays whatever is told of %s: that is not the plugin's fault", async (code) => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    await slot.swap(bindingOf("b"), "request").done;
    const error = new SyrinxError(code, "why");
    await all.speak(slot, ...Array.from({ length: 20 }, () => error));
    await settle();
    expect([slot.view().generation, slot.running]).toEqual([2, bindingOf("b")]);
  });
});
