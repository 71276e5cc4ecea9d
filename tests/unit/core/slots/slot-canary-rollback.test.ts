import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../core/errors.ts";
import type { SwapManner } from "../../../../core/slots/slot-environment.ts";
import { bindingOf } from "../releases/releases.ts";
import { SlotSurroundings, until } from "./slot-fixture.ts";

const stagesOf = ({ stages }: { stages: readonly { stage: string }[] }) => stages.map(({ stage }) => stage);

describe("a rollback", () => {
  test("goes back at once to an instance that is parked, which learns what was learnt since", async () => {
    const all = new SlotSurroundings({ parkForMs: 60_000 });
    const slot = all.slot();
    all.behave("b", { snapshot: async () => ({ songs: 9 }) });
    const { instance: old } = await all.serve(slot, "a");
    await slot.swap(bindingOf("b"), "request").done;
    expect(old.state).toBe("parked");
    const back = await slot.swap(slot.previous!, "rollback").served;
    expect(stagesOf(back).slice(0, 3)).toEqual(["planned", "restoring", "routed"]);
    expect(await (await slot.acquire(0)).instance()).toBe(old);
    expect(old.calls.at(-1)).toBe('restore {"songs":9}');
    expect(slot.wish.wanted).toMatchObject({ settings: { mark: "a" } });
  });

  test("finds the instance gone when it was kept for long enough, and loads its binding again", async () => {
    const all = new SlotSurroundings({ parkForMs: 60_000 });
    const slot = all.slot();
    const { instance: old } = await all.serve(slot, "a");
    await slot.swap(bindingOf("b"), "request").done;
    all.clock.pass(59_999);
    expect(old.calls).not.toContain("end");
    all.clock.pass(1);
    await until("it is ended", () => old.calls.includes("end"));
    const { instance } = await all.serve(slot, "a", { reason: "rollback" });
    expect(instance).not.toBe(old);
  });

  test("a reload leaves nothing to go back to, so nothing is parked", async () => {
    const all = new SlotSurroundings({ parkForMs: 60_000 });
    const slot = all.slot();
    const { instance: old } = await all.serve(slot, "a");
    await slot.swap(bindingOf("a"), "reload").done;
    expect(old.calls).toContain("end");
    expect(slot.previous).toBeUndefined();
  });

  test("comes by itself when a new generation fails too often, and its swap says so", async () => {
    const all = new SlotSurroundings({ parkForMs: 60_000 });
    const slot = all.slot();
    await all.serve(slot, "a");
    const { id } = await slot.swap(bindingOf("b"), "request").done;
    const failed = new SyrinxError("plugin-failed", "no");
    await all.speak(slot, "ok", failed, failed, failed);
    await until("it is back", () => slot.view().generation === 3);
    expect(slot.running).toEqual(bindingOf("a"));
    expect(all.journal.swaps.swap(id)).toMatchObject({ stage: "rolled-back" });
  });
});

describe("a canary", () => {
  test("gets its share, and takes the place of what serves when its trial is passed", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    const swap = slot.swap(bindingOf("b"), "request", { strategy: "canary", canary: { windowMs: 1_000 } });
    await until("the canary is on trial", () => all.plugins.newest.state === "canary");
    expect(await all.speak(slot, "ok", "ok", "ok", "ok")).toEqual([1, 2, 1, 2]);
    await all.speak(slot, "ok", "ok", "ok", "ok");
    all.clock.pass(1_000);
    expect(await swap.served).toMatchObject({ generation: 2 });
    expect(await all.speak(slot, "ok", "ok")).toEqual([2, 2]);
  });

  test("owes nothing to the canary before it: the share is counted from zero", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    const canary = { strategy: "canary", canary: { percent: 60 } } as const;
    const first = slot.swap(bindingOf("b"), "request", canary);
    await until("the first is on trial", () => all.plugins.newest.state === "canary");
    expect(await all.speak(slot, "ok")).toEqual([1]);
    slot.abort(first.id, "ada");
    await first.done;
    slot.swap(bindingOf("c"), "request", canary);
    await until(
      "the second is on trial",
      () => all.plugins.newest.mark === "c" && all.plugins.newest.state === "canary",
    );
    expect(await all.speak(slot, "ok", "ok")).toEqual([1, 3]);
  });

  test("that fails too often, or dies, is rolled back, and its utterances go on with what serves", async () => {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    const swap = slot.swap(bindingOf("b"), "request", { strategy: "canary", canary: { percent: 100 } });
    await until("the canary is on trial", () => all.plugins.newest.state === "canary");
    const lease = await slot.acquire(0);
    all.plugins.newest.die();
    expect(await swap.done).toMatchObject({ stage: "rolled-back", error: { code: "plugin-crashed" } });
    expect(lease.over.aborted).toBe(true);
    lease.moved();
    expect((await slot.acquire(0)).generation).toBe(1);
    expect(all.journal.swaps.swap(swap.id)).toMatchObject({ moved: 1 });
  });

  async function trying(canary: SwapManner["canary"] = {}) {
    const all = new SlotSurroundings();
    const slot = all.slot();
    await all.serve(slot, "a");
    const swap = slot.swap(bindingOf("b"), "request", { strategy: "canary", canary });
    await until("the canary is on trial", () => all.plugins.newest.state === "canary");
    return { all, slot, swap };
  }

  test("to which nobody speaks holds up nothing: what is asked of its slot later serves at once", async () => {
    const { slot, swap } = await trying();
    const change = slot.swap(bindingOf("c"), "config");
    expect(await change.served).toMatchObject({ generation: 3 });
    expect(await swap.done).toMatchObject({
      stage: "rolled-back",
      rolledBackBy: "overtaken",
      error: {
        code: "swap-overtaken",
        message: `It was overtaken by a change of the config (swap ${change.id})`,
      },
    });
    await change.done;
    expect(slot.error).toBeUndefined();
  });

  test("says what it waits for from its first moment, and after every utterance", async () => {
    const { all, slot, swap } = await trying({ percent: 100, minRequests: 4, windowMs: 1_000 });
    const waits = { minRequests: 4, windowMs: 1_000 };
    const told = () =>
      all.events.flatMap((event) =>
        event.kind === "swap" && event.swap.stage === "canary" ? [event.swap.canary] : [],
      );
    expect(all.journal.swaps.swap(swap.id)?.canary).toEqual({ requests: 0, failed: 0, ...waits });
    expect(told()).toEqual([{ requests: 0, failed: 0, ...waits }]);
    await all.speak(slot, "ok", new SyrinxError("plugin-failed", "no"));
    expect(all.journal.swaps.swap(swap.id)?.canary).toEqual({ requests: 2, failed: 1, ...waits });
    expect(told().at(-1)).toEqual({ requests: 2, failed: 1, ...waits });
    // It has its requests, and only waits for its window: nobody is told of every utterance after that.
    await all.speak(slot, "ok", "ok", "ok", "ok");
    expect(told().at(-1)?.requests).toBe(4);
    expect(all.journal.swaps.swap(swap.id)?.canary?.requests).toBe(6);
  });

  test("that had too few requests in the time that it was given is rolled back, for it is not proven", async () => {
    const { all, slot, swap } = await trying({ percent: 100, windowMs: 1_000, maxWaitMs: 60_000 });
    await all.speak(slot, "ok");
    all.clock.pass(60_000);
    expect(await swap.done).toMatchObject({
      stage: "rolled-back",
      rolledBackBy: "max-wait",
      canary: { requests: 1, maxWaitMs: 60_000 },
      error: {
        code: "canary-unproven",
        message: "beep@1.0.0 was not proven because it had 1 of the 4 requests that it needs in 60 s",
      },
    });
    expect(slot.running).toEqual(bindingOf("a"));
  });

  test("is refused a longest time that ends before its window: it could never pass", async () => {
    const { slot } = await trying();
    const canary = { windowMs: 60_000, maxWaitMs: 60_000 };
    expect(() => slot.swap(bindingOf("c"), "request", { strategy: "canary", canary })).toThrow(
      "maxWaitMs is 60000, and must be more than windowMs, which is 60000",
    );
  });
});
