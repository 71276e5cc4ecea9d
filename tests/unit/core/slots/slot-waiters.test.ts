import { describe, expect, test } from "bun:test";
import { SyrinxError } from "../../../../core/errors.ts";
import type { Lease } from "../../../../core/slots/generation.ts";
import { SlotWaiters } from "../../../../core/slots/slot-waiters.ts";
import type { SlotView } from "../../../../schemas/generated/api.ts";
import { HandClock } from "../../../support/hand-clock.ts";

const LEASE = {} as Lease;

/** A slot that is unloaded. `demand` says what a demand brings about. */
function unloaded(demand: (become: (state: SlotView["state"], error?: SyrinxError) => void) => void) {
  let now: SlotView["state"] = "unloaded";
  let why: SyrinxError | undefined;
  const clock = new HandClock();
  const become = (state: SlotView["state"], error?: SyrinxError) => {
    [now, why] = [state, error];
    waiting.wake();
  };
  const waiting: SlotWaiters = new SlotWaiters({
    slot: "voices.a",
    clock,
    state: () => now,
    error: () => why,
    lease: () => LEASE,
    demand: () => demand(become),
  });
  return { waiting, clock, become };
}

describe("who wants a slot that is unloaded", () => {
  test("is let in when it has been loaded", async () => {
    const { waiting, become } = unloaded((become) => become("loading"));
    const held = waiting.acquire(1_000);
    become("ready");
    expect(await held).toBe(LEASE);
  });

  test("is told at once if it cannot be loaded, and waits for nothing", async () => {
    const { waiting, clock } = unloaded((become) =>
      become("failed", new SyrinxError("release-not-found", "There is no plugin gone")),
    );
    const message = "Slot voices.a is failed: There is no plugin gone";
    const told = waiting.acquire(1_000).catch((error: unknown) => error);
    await new Promise((turned) => setImmediate(turned));
    clock.pass(1_000);
    expect(await told).toMatchObject({ code: "slot-failed", message });
  });

  test("is told after the wait that it is not ready", async () => {
    const { waiting, clock } = unloaded(() => {});
    const held = waiting.acquire(1_000);
    clock.pass(1_000);
    await expect(held).rejects.toMatchObject({ code: "slot-loading" });
  });
});
