import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../core/errors.ts";
import { ServingGeneration } from "../../../../core/host/generation.ts";
import type { Instance } from "../../../../core/host/instance.ts";
import { bindingOf } from "./releases.ts";

/** A generation needs no more of an instance than its identity and what it said of itself. */
function instance(device: string, lufs = -20): Instance {
  const loaded = { sampleRate: 16_000, speakers: [], device, concurrency: 1 };
  return { loaded, loudness: new Map([["one", lufs]]) } as unknown as Instance;
}

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol();
  return (await Promise.race([promise, Bun.sleep(0).then(() => pending)])) === pending;
}

describe("a generation", () => {
  test("counts its leases, and giving one back twice counts once", () => {
    const generation = new ServingGeneration(3, bindingOf("a"), instance("cpu"));
    const [first, second] = [generation.lease(), generation.lease()];
    expect(generation.inflight).toBe(2);
    expect(first).toMatchObject({ generation: 3, voice: { device: "cpu" } });
    first.release();
    first.release();
    expect(generation.inflight).toBe(1);
    second.release();
    expect(generation.inflight).toBe(0);
  });

  test("is idle when the last lease was given back, and at once if there is none", async () => {
    const generation = new ServingGeneration(1, bindingOf("a"), instance("cpu"));
    await generation.idle();
    const leases = [generation.lease(), generation.lease()];
    const idle = generation.idle();
    leases[0]?.release();
    expect(await isPending(idle)).toBe(true);
    leases[1]?.release();
    await idle;
  });

  test("whose instance died makes its leases wait for the next one", async () => {
    const [dead, next] = [instance("cpu"), instance("cuda:0")];
    const generation = new ServingGeneration(1, bindingOf("a"), dead);
    const lease = generation.lease();
    expect(await lease.instance()).toBe(dead);
    generation.lose(dead);
    expect(generation.lost).toBe(true);
    const waiting = [lease.instance(), generation.lease().instance()];
    expect(await isPending(Promise.race(waiting))).toBe(true);
    generation.serve(next);
    expect(await Promise.all(waiting)).toEqual([next, next]);
    expect(generation.lost).toBe(false);
  });

  test("keeps its loudness when its process is replaced, though the new one was probed at another", () => {
    const generation = new ServingGeneration(1, bindingOf("a"), instance("cpu", -20));
    generation.serve(instance("cpu", -20.4));
    expect(generation.lease().loudness).toEqual(new Map([["one", -20]]));
  });

  test("does not lose its instance to the late news of an earlier one's death", () => {
    const [dead, next] = [instance("cpu"), instance("cpu")];
    const generation = new ServingGeneration(1, bindingOf("a"), dead);
    generation.lose(dead);
    generation.serve(next);
    generation.lose(dead);
    expect(generation.lost).toBe(false);
  });

  test("that is given up fails those who wait, and those who come later", async () => {
    const dead = instance("cpu");
    const generation = new ServingGeneration(1, bindingOf("a"), dead);
    const lease = generation.lease();
    generation.lose(dead);
    const waiting = lease.instance();
    const error = new SyrinxError("slot-failed", "a crash loop");
    generation.giveUp(error);
    await expect(waiting).rejects.toBe(error);
    await expect(lease.instance()).rejects.toBe(error);
  });

  test("that is given up while its instance lives lets its leases finish", async () => {
    const alive = instance("cpu");
    const generation = new ServingGeneration(1, bindingOf("a"), alive);
    const lease = generation.lease();
    generation.giveUp(new SyrinxError("slot-removed", "gone"));
    expect(await lease.instance()).toBe(alive);
  });

  test("that is replaced tells those who hold a lease for long", () => {
    const generation = new ServingGeneration(1, bindingOf("a"), instance("cpu"));
    const { replaced } = generation.lease();
    expect(replaced.aborted).toBe(false);
    generation.retire();
    expect(replaced.aborted).toBe(true);
  });
});
