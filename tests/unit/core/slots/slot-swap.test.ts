import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../core/errors.ts";
import { BLUE_GREEN_STAGES } from "../../../support/swap-stages.ts";
import { bindingOf } from "../releases/releases.ts";
import { heavyBinding, MB, SlotSurroundings, settle, until } from "./slot-fixture.ts";

const stagesOf = ({ stages }: { stages: readonly { stage: string }[] }) => stages.map(({ stage }) => stage);

describe("a swap of a slot", () => {
  test("routes new utterances to a process that has spoken, and ends the old one when nobody holds it", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    const { instance: old } = await all.serve(slot, "a");
    const lease = await slot.acquire(0);
    const swap = slot.swap(bindingOf("b"), "request");
    expect(await swap.served).toMatchObject({ generation: 2 });
    expect(all.plugins.newest.calls).toEqual(["load", "speak"]);
    expect((await slot.acquire(0)).binding).toEqual(bindingOf("b"));
    expect(await lease.instance()).toBe(old);
    await settle();
    expect(old.calls).not.toContain("end");
    lease.release();
    const done = await swap.done;
    expect(stagesOf(done)).toEqual([...BLUE_GREEN_STAGES]);
    expect(old.calls.at(-1)).toBe("end");
    expect(slot.view()).toMatchObject({ state: "ready", generation: 2, instances: [{ generation: 2 }] });
  });

  test("tells of every state of the slot once", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    const states = all.events.flatMap((event) => (event.kind === "slot" ? [event.state] : []));
    expect(states).toEqual(["loading", "ready"]);
  });

  test.each([
    ["start", "plugin-failed"],
    ["load", "plugin-failed"],
    ["restore", "state-refused"],
    ["health", "plugin-failed"],
    ["sound", "probe-failed"],
  ] as const)(
    "whose new process fails at its %s leaves the old one serving, and leaves no process",
    async (what, code) => {
      const all = new SlotSurroundings();
      const kind = what === "health" ? "sink" : "voice";
      const slot = all.slot("slots.a", {}, kind);
      const fault = () => Promise.reject(new SyrinxError("plugin-failed", "no"));
      all.behave("a", { snapshot: async () => ({ songs: 1 }) });
      all.behave("b", what === "sound" ? { amplitude: 0 } : { [what]: fault });
      const { instance: old } = await all.serve(slot, "a");
      const swap = slot.swap(bindingOf("b"), "request");
      const record = await swap.done;
      expect(record).toMatchObject({ stage: "failed", error: { code } });
      expect(await (await slot.acquire(0)).instance()).toBe(old);
      expect(slot.view()).toMatchObject({ state: "ready", generation: 1, instances: [{ pid: old.pid }] });
      expect((await all.devices.overview()).instances.map(({ key }) => key)).toEqual(["slots.a#1"]);
    },
  );

  test("of live settings alone goes on in the same process, and old leases keep the old settings", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await slot.swap(bindingOf("a", 1), "request").served;
    const before = await slot.acquire(0);
    const record = await slot.swap(bindingOf("a", 2), "config").done;
    expect(stagesOf(record)).toEqual(["planned", "routed", "done"]);
    const after = await slot.acquire(0);
    expect([before.settings?.pace, after.settings?.pace]).toEqual([1, 2]);
    expect(after.process).toBe(before.process);
    expect(before.replaced.aborted).toBe(true);
    expect(all.plugins.started).toHaveLength(1);
  });

  test("is said beforehand to go on in the same process, where it would", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await slot.swap(bindingOf("a", 1), "request").served;
    expect(await slot.previewAdmission(bindingOf("a", 2), "auto", false)).toBe("in-place");
    for (const [strategy, newProcess] of [
      ["recreate", false],
      ["auto", true],
    ] as const)
      expect(await slot.previewAdmission(bindingOf("a", 2), strategy, newProcess)).not.toBe("in-place");
    expect(all.plugins.started).toHaveLength(1);
  });

  test("has what its process was measured to use instead of what was estimated", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    all.processBytes = 70 * MB;
    await all.serve(slot, "a");
    expect((await all.devices.overview()).instances).toMatchObject([
      { key: "voices.a#1", reservedBytes: 70 * MB },
    ]);
  });

  test("waits for the swaps before it, and they are done in order", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    const swaps = ["a", "b", "c"].map((mark) => slot.swap(bindingOf(mark), "request"));
    await Promise.all(swaps.map(({ done }) => done));
    expect(all.plugins.started.map(({ mark }) => mark)).toEqual(["a", "b", "c"]);
    expect(slot.view().generation).toBe(3);
  });
});

describe("where two processes do not fit", () => {
  test("the old one ends first, its state goes to the new one, and who wants the slot waits", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    all.behave("a", { snapshot: async () => ({ songs: 7 }) });
    await slot.swap(heavyBinding("a", 600 * MB), "request").served;
    const old = all.plugins.newest;
    const lease = await slot.acquire(0);
    const swap = slot.swap(heavyBinding("b", 700 * MB), "request");
    await until("the old one drains", () => old.state === "draining");
    const waiting = slot.acquire(1_000);
    lease.release();
    expect(stagesOf(await swap.done)).toEqual([
      "planned",
      "admitted",
      "draining",
      "starting",
      "loading",
      "restoring",
      "probing",
      "routed",
      "done",
    ]);
    expect(old.calls.slice(-2)).toEqual(["snapshot", "end"]);
    expect(all.plugins.newest.calls).toContain('restore {"songs":7}');
    expect((await waiting).generation).toBe(2);
  });

  test("the old binding is loaded again if the new one fails, as the generation that it was and with its state", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    all.behave("a", { snapshot: async () => ({ songs: 7 }) });
    all.behave("b", { load: () => Promise.reject(new SyrinxError("plugin-failed", "no")) });
    await slot.swap(heavyBinding("a", 600 * MB), "request").served;
    expect(await slot.swap(heavyBinding("b", 700 * MB), "request").done).toMatchObject({ stage: "failed" });
    all.clock.pass(0);
    await until("the old binding serves", () => slot.state === "ready");
    const lease = await slot.acquire(0);
    expect([lease.generation, lease.over.aborted]).toEqual([1, false]);
    expect(await lease.instance()).toBe(all.plugins.newest);
    expect(all.plugins.newest.calls).toContain('restore {"songs":7}');
  });

  test("utterances of a process that dies while it drains are told at once, and do not wait for it", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await slot.swap(heavyBinding("a", 600 * MB), "request").served;
    const old = all.plugins.newest;
    const lease = await slot.acquire(0);
    slot.swap(heavyBinding("b", 700 * MB), "request");
    await until("the old one drains", () => old.state === "draining");
    old.die("segfault");
    await until("the lease is over", () => lease.over.aborted);
    expect(lease.over.reason).toMatchObject({ code: "plugin-crashed", message: "segfault" });
  });

  test("a swap that must have both is refused with the numbers", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await slot.swap(heavyBinding("a", 600 * MB), "request").served;
    const refused = slot.swap(heavyBinding("b", 700 * MB), "request", { strategy: "blue-green" });
    expect(await refused.done).toMatchObject({ stage: "failed", error: { code: "memory-refused" } });
    expect(slot.state).toBe("ready");
  });
});

describe("a slot that is removed", () => {
  test("finishes the requests in progress, and ends every process", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    const { instance } = await all.serve(slot, "a");
    const lease = await slot.acquire(0);
    const removed = slot.remove();
    await settle();
    expect(instance.calls).not.toContain("end");
    await expect(slot.acquire(0)).rejects.toMatchObject({ code: "slot-removed" });
    lease.release();
    await removed;
    expect(instance.closed).toBe(true);
    expect((await all.devices.overview()).instances).toEqual([]);
  });

  test("gives back the memory that it is granted too late", async () => {
    const all = new SlotSurroundings();
    const other = all.slot("voices.b");
    await other.swap(heavyBinding("b", 600 * MB), "start").served;
    const freed = Promise.withResolvers<void>();
    const evict = async () => {
      await freed.promise;
      all.evictable = [];
      await other.unload("evicted").done;
    };
    all.evictable = [{ key: "voices.b#1", slot: "voices.b", lastUsedAt: 0, evict }];
    const slot = all.slot();
    const swap = slot.swap(heavyBinding("a", 600 * MB), "start");
    await settle();
    const removed = slot.remove();
    expect(await swap.served).toMatchObject({ stage: "failed" });
    freed.resolve();
    await removed;
    expect((await all.devices.overview()).instances).toEqual([]);
    expect(all.plugins.started).toHaveLength(1);
  });

  test("ends a process that is still being started when it comes up", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    const started = Promise.withResolvers<void>();
    all.behave("a", { start: () => started.promise });
    const swap = slot.swap(bindingOf("a"), "start");
    await settle();
    const removed = slot.remove();
    expect(await swap.served).toMatchObject({ stage: "failed", error: { code: "slot-removed" } });
    started.resolve();
    await removed;
    expect(all.plugins.newest.calls).toEqual(["end"]);
  });
});
