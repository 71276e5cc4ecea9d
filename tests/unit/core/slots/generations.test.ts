import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { CanaryShare } from "../../../../core/slots/generations.ts";
import { bindingOf } from "../releases/releases.ts";
import { SlotSurroundings, settle } from "./slot-fixture.ts";

function taken(share: CanaryShare, times: number): boolean[] {
  return Array.from({ length: times }, () => share.takesNext());
}

describe("the share of a canary", () => {
  test("is dealt out evenly", () => {
    expect(taken(new CanaryShare(25), 8)).toEqual([false, false, false, true, false, false, false, true]);
    expect(taken(new CanaryShare(100), 2)).toEqual([true, true]);
    expect(taken(new CanaryShare(0), 2)).toEqual([false, false]);
  });

  test("is its percents of any 100 utterances in a row", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(300), (percent, before) => {
        const share = new CanaryShare(percent);
        taken(share, before);
        expect(taken(share, 100).filter(Boolean).length).toBe(percent);
      }),
    );
  });
});

describe("utterances", () => {
  test("go to the newest generation, and each stays with the one that it began with", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    const { instance: first } = await all.serve(slot, "a");
    const lease = await slot.acquire(0);
    const { instance: second } = await all.serve(slot, "b");
    expect(await (await slot.acquire(0)).instance()).toBe(second);
    expect(await lease.instance()).toBe(first);
  });

  test("are told when another generation was routed, and that they may go on for now", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    const lease = await slot.acquire(0);
    expect(lease.replaced.aborted).toBe(false);
    await all.serve(slot, "b");
    await settle();
    expect([lease.replaced.aborted, lease.over.aborted]).toEqual([true, false]);
  });

  test("of older settings go on with the newest generation if their process dies", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await slot.swap(bindingOf("a", 1), "request").served;
    const [older, process] = [await slot.acquire(0), all.plugins.newest];
    await slot.swap(bindingOf("a", 2), "config").done;
    const newest = await slot.acquire(0);
    process.die();
    await settle();
    expect([older.over.aborted, newest.over.aborted]).toEqual([true, false]);
    all.clock.pass(0);
    await settle();
    expect(await newest.instance()).toBe(all.plugins.newest);
  });
});

describe("a generation that is known by its loudness", () => {
  test("keeps it when its process is replaced, though the new one was heard at another", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    const { instance } = await all.serve(slot, "a");
    const before = (await slot.acquire(0)).loudness.get("one");
    expect(before).toBeNumber();
    all.behave("a", { amplitude: 0.1 });
    instance.die();
    await settle();
    all.clock.pass(0);
    await settle();
    expect(all.plugins.newest.loudness.get("one")).not.toBe(before);
    expect((await slot.acquire(0)).loudness.get("one")).toBe(before);
  });
});
