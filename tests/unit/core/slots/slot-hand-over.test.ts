import { describe, expect, test } from "bun:test";
import { bindingOf, pluginRelease } from "../releases/releases.ts";
import { MB, SlotSurroundings, settle, until } from "./slot-fixture.ts";

/** Each process gives its mark as its state. */
function surroundings() {
  const all = new SlotSurroundings();
  for (const mark of ["a", "b", "c"]) all.behave(mark, { snapshot: async () => ({ of: mark }) });
  return all;
}

const restored = (calls: readonly string[]) => calls.filter((call) => call.startsWith("restore"));

describe("the state of a slot", () => {
  test("goes from the process that serves to the next one", async () => {
    const all = surroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    const { instance, record } = await all.serve(slot, "b");
    expect(restored(instance.calls)).toEqual(['restore {"of":"a"}']);
    expect(record.stages.find(({ stage }) => stage === "restoring")?.detail).toBe("10 bytes from beep@1.0.0");
  });

  test("is kept of what was unloaded, for what is loaded next", async () => {
    const all = surroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    await slot.unload("unload").done;
    expect((await slot.record()).state).toBeUndefined();
    const { instance } = await all.serve(slot, "b");
    expect(restored(instance.calls)).toEqual(['restore {"of":"a"}']);
  });

  test("that was kept is not given twice: a process that follows one that died is handed nothing", async () => {
    const all = surroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    await slot.unload("unload").done;
    const { instance: taker } = await all.serve(slot, "b");
    taker.die();
    await until("the death is known", () => slot.state === "recovering");
    all.clock.pass(0);
    await until("it serves again", () => slot.state === "ready");
    expect(all.plugins.newest).not.toBe(taker);
    expect(restored(all.plugins.newest.calls)).toEqual([]);
  });

  test("of the live instance takes precedence over one that was stored and comes late", async () => {
    const all = surroundings();
    const slot = all.slot();
    const late = Promise.withResolvers<unknown>();
    all.behave("a", { snapshot: () => late.promise });
    await all.serve(slot, "a");
    const old = all.plugins.newest;
    const swap = slot.swap(bindingOf("b"), "request", { strategy: "recreate" });
    await until("its state is requested", () => old.calls.includes("snapshot"));
    old.die();
    await swap.done;
    late.resolve({ of: "the past" });
    await settle();
    const { instance } = await all.serve(slot, "c");
    expect(restored(instance.calls)).toEqual(['restore {"of":"b"}']);
    expect((await slot.record()).state).toEqual({ of: "c" });
  });

  test("is the one that a swap brings along, where it brings one", async () => {
    const all = surroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    const state = { binding: bindingOf("a"), snapshot: async () => ({ of: "then" }) };
    const { instance, record } = await all.serve(slot, "a", { state });
    expect(restored(instance.calls)).toEqual(['restore {"of":"then"}']);
    expect(record.stages.map(({ stage }) => stage)).toContain("starting");
  });
});

describe("the replacement of a process that used a GPU", () => {
  test("is not started before the GPU shows the memory of the dead process as free", async () => {
    const all = new SlotSurroundings();
    const usedBy = (usedBytes: number) => [
      { id: "cuda:0", name: "GPU", totalBytes: 1_000 * MB, usedBytes, processes: new Map<number, number>() },
    ];
    all.gpus = usedBy(0);
    const plugin = pluginRelease({ permissions: { device: ["cuda"] } });
    const slot = all.slot();
    await slot.swap({ ...bindingOf("a"), plugin, device: "cuda" }, "start").served;
    const dead = all.plugins.newest;
    all.gpus = usedBy(990 * MB);
    dead.die();
    await until("the death is known", () => slot.state === "recovering");
    all.clock.pass(0);
    for (let turn = 0; turn < 4; turn++) {
      await settle();
      all.clock.pass(250);
    }
    expect(all.plugins.newest).toBe(dead);
    all.gpus = usedBy(0);
    await settle();
    all.clock.pass(250);
    await until("it serves again", () => slot.state === "ready");
    expect(all.plugins.newest).not.toBe(dead);
  });
});
