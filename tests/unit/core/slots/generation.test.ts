import { describe, expect, test } from "bun:test";
import type { Clock } from "../../../../core/clock.ts";
import { type ErrorCode, SyrinxError } from "../../../../core/errors.ts";
import { ServingGeneration } from "../../../../core/slots/generation.ts";
import { isPending, settled } from "../../../support/settled.ts";
import { bindingOf, pluginRelease } from "../releases/releases.ts";
import { FakeInstance } from "./fake-instance.ts";

/** An instance that was loaded and probed. */
function instance(device: string, lufs = -20): FakeInstance {
  const fake = new FakeInstance("voices.a", bindingOf("a"), 5_000_000, {});
  fake.loaded = { sampleRate: 16_000, speakers: [], device, concurrency: 1 };
  fake.loudness = new Map([["one", lufs]]);
  return fake;
}

/** A clock whose timers go off when the test says so. */
function stoppedClock() {
  const timers = new Set<{ ms: number; callback: () => void }>();
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    after(ms, callback) {
      const timer = { ms, callback };
      timers.add(timer);
      return { cancel: () => timers.delete(timer) };
    },
  };
  const strike = async () => {
    const [next] = timers;
    if (next) timers.delete(next);
    next?.callback();
    await settled();
  };
  return { clock, strike, waits: () => [...timers].map(({ ms }) => ms) };
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

  test("has its settings go along with each call if its plugin takes any as it runs, and shares the turns of its process", () => {
    const process = instance("cpu");
    const first = new ServingGeneration(1, bindingOf("a", 1), process);
    const next = new ServingGeneration(2, bindingOf("a", 2), process, undefined, first.process);
    expect(first.lease().settings).toEqual({ mark: "a", pace: 1 });
    expect(next.lease().settings).toEqual({ mark: "a", pace: 2 });
    expect(next.lease().process).toBe(first.lease().process);
    const other = new ServingGeneration(3, { ...bindingOf("b"), plugin: pluginRelease() }, instance("cpu"));
    expect(other.lease().settings).toBeUndefined();
    expect(other.lease().process).not.toBe(first.lease().process);
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

  test("whose time is up tells its holders to go on elsewhere, and begins nothing more for them", async () => {
    const generation = new ServingGeneration(1, bindingOf("a"), instance("cpu"));
    const leases = [generation.lease(), generation.lease()];
    const reason = new SyrinxError("plugin-timeout", "its time is up");
    expect(leases.map(({ over }) => over.aborted)).toEqual([false, false]);
    generation.expire(reason);
    for (const lease of [...leases, generation.lease()]) {
      expect(lease.over.reason).toBe(reason);
      expect(lease.replaced.aborted).toBe(true);
      await expect(lease.instance()).rejects.toBe(reason);
    }
  });

  test("whose time is up keeps nobody waiting for a process that died", async () => {
    const dead = instance("cpu");
    const generation = new ServingGeneration(1, bindingOf("a"), dead);
    generation.lose(dead);
    const waiting = generation.lease().instance();
    const reason = new SyrinxError("plugin-crashed", "gone");
    generation.expire(reason);
    await expect(waiting).rejects.toBe(reason);
  });

  test("counts each holder that went on elsewhere once", () => {
    const generation = new ServingGeneration(1, bindingOf("a"), instance("cpu"));
    const leases = [generation.lease(), generation.lease(), generation.lease()];
    let moved = 0;
    generation.retire(() => moved++);
    leases[0]?.moved();
    leases[0]?.moved();
    leases[2]?.moved();
    expect(moved).toBe(2);
  });

  test("is drained when its holders have finished, and is not over for them before that", async () => {
    const generation = new ServingGeneration(1, bindingOf("a"), instance("cpu"));
    const lease = generation.lease();
    const { clock, waits } = stoppedClock();
    const drained = generation.drain(clock, 600_000);
    expect(waits()).toEqual([600_000]);
    lease.release();
    expect(await drained).toBe(0);
    expect(lease.over.aborted).toBe(false);
    await settled();
    expect(waits()).toEqual([]);
  });

  test("that is drained for too long is over, and waits a while for those who then leave", async () => {
    const generation = new ServingGeneration(1, bindingOf("a"), instance("cpu"));
    const [leaves, hangs] = [generation.lease(), generation.lease()];
    const { clock, strike, waits } = stoppedClock();
    const drained = generation.drain(clock, 5);
    await strike();
    expect([leaves.over.aborted, hangs.over.aborted]).toEqual([true, true]);
    expect(waits()).toEqual([10_000]);
    leaves.release();
    expect(await isPending(drained)).toBe(true);
    await strike();
    expect(await drained).toBe(1);
  });

  test("whose process dies while it is drained is drained as soon as all have left", async () => {
    const generation = new ServingGeneration(1, bindingOf("a"), instance("cpu"));
    const lease = generation.lease();
    lease.over.addEventListener("abort", () => lease.release());
    const drained = generation.drain(stoppedClock().clock, 600_000);
    generation.expire(new SyrinxError("plugin-crashed", "killed"));
    expect(await drained).toBe(0);
  });

  test("tells of each lease that is given back whether it went well, and leaves out what is not the plugin's fault", () => {
    const told: (boolean | undefined)[] = [];
    const generation = new ServingGeneration(1, bindingOf("a"), instance("cpu"), (ok) => told.push(ok));
    const lists: readonly ("ok" | ErrorCode)[][] = [
      [],
      ["cancelled"],
      ["ok", "cancelled", "queue-full"],
      ["ok", "plugin-failed", "ok"],
      ["plugin-timeout"],
      ["plugin-crashed"],
      ["protocol-violation"],
    ];
    for (const outcomes of lists) {
      const lease = generation.lease();
      for (const outcome of outcomes)
        lease.report(outcome === "ok" ? outcome : new SyrinxError(outcome, "why"));
      lease.release();
      lease.release();
    }
    expect(told).toEqual([undefined, undefined, true, false, false, false, false]);
  });
});
