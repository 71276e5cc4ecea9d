import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SyrinxError } from "../../../../core/errors.ts";
import { Host } from "../../../../core/slots/host.ts";
import { EAGER } from "../../../../core/slots/slot-environment.ts";
import { addPlugin } from "../../../support/releases.ts";
import { MB, SlotSurroundings, settle, until } from "./slot-fixture.ts";

const ON_DEMAND = { ...EAGER, load: "on-demand" } as const;
const BY_HAND = { actor: "me", persist: true };
const MARKED = { properties: { mark: { type: "string" } } };

let home: string;
let all: SlotSurroundings;
let host: Host;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "syrinx-host-"));
  await addPlugin(home, { name: "beep", version: "1.0.0", settings: MARKED }, "");
  all = new SlotSurroundings();
  host = await Host.open({
    ...all.environment,
    journal: all.journal.swaps,
    paths: { plugins: [{ path: join(home, "plugins"), trusted: true }], models: [] },
    grants: {},
  });
});

afterEach(async () => {
  await host.close();
  await rm(home, { recursive: true, force: true });
});

function fill(name: string, mark: string, loadPolicy = EAGER) {
  return host.fill(name, "voice", { plugin: "beep", settings: { mark } }, "config", loadPolicy);
}

function wanted(slot: string, mark: string) {
  const binding = { plugin: "beep", settings: { mark } };
  return { slot, kind: "voice", wanted: binding, loadPolicy: EAGER, binding: "fill" } as const;
}

describe("a host", () => {
  test("fills a slot, and swaps the same one when the config wants another binding", async () => {
    expect(await fill("voices.a", "1")).toBeUndefined();
    const slot = host.slot("voices.a");
    expect(await fill("voices.a", "2")).toBeUndefined();
    expect(host.slot("voices.a")).toBe(slot);
    expect([slot.state, slot.running?.settings.mark]).toEqual(["ready", "2"]);
  });

  test("says which slots there are where there is none of a name", async () => {
    expect(() => host.slot("voices.x")).toThrow(/There is no slot "voices.x": there are none$/);
    await fill("voices.a", "1");
    expect(() => host.slot("voices.x")).toThrow(/there is voices.a/);
  });

  test("leaves the others alone when one cannot be filled, and that one says why", async () => {
    await fill("voices.a", "1");
    const fault = await host.fill("voices.b", "voice", { plugin: "gone" }, "config");
    expect(fault).toMatchObject({ code: "release-not-found" });
    expect(host.slots().map(({ state }) => state)).toEqual(["ready", "failed"]);
    await expect(host.slot("voices.b").acquire(60_000)).rejects.toMatchObject({ code: "slot-failed" });
  });

  test("fills it when what was missing is there, or has it wait for its request if it is loaded on demand", async () => {
    for (const [name, policy] of [
      ["voices.a", EAGER],
      ["voices.b", ON_DEMAND],
    ] as const)
      await host.fill(name, "voice", { plugin: "late" }, "config", policy);
    expect(host.slots().map(({ state }) => state)).toEqual(["failed", "failed"]);
    await addPlugin(home, { name: "late", version: "1.0.0" }, "");
    await host.rescan();
    for (const { name } of host.slots()) await host.refill(name);
    expect(host.slots().map(({ state }) => state)).toEqual(["ready", "unloaded"]);
  });

  test("leaves a slot alone that has what it wants, though a newer release is there by now", async () => {
    await fill("voices.a", "1");
    await addPlugin(home, { name: "beep", version: "1.1.0", settings: MARKED }, "");
    await host.rescan();
    await host.refill("voices.a");
    await settle();
    expect(all.plugins.started).toHaveLength(1);
  });

  test("keeps a choice once it serves, and never one that did not load", async () => {
    await fill("voices.a", "1");
    all.behave("bad", { load: () => Promise.reject(new SyrinxError("plugin-failed", "no")) });
    const slot = host.slot("voices.a");
    const choose = (mark: string) => host.requests.swap("voices.a", { settings: { mark } }, "request").done;
    expect(await choose("bad")).toMatchObject({ stage: "failed" });
    expect(slot.wish.wanted.settings).toEqual({ mark: "1" });
    await choose("2");
    expect(slot.wish.wanted.settings).toEqual({ mark: "2" });
  });

  test("refuses what makes no sense, and says what would", async () => {
    await fill("voices.a", "1");
    const { requests } = host;
    for (const [ask, code] of [
      [() => requests.rollback("voices.a", BY_HAND), "nothing-to-roll-back"],
      [() => requests.load("voices.a"), "slot-loaded"],
      [() => requests.slotOfSwap("none"), "swap-not-canary"],
      [() => host.slot("voices.a").promote("none", "ada"), "swap-not-canary"],
      [() => host.slot("voices.a").abort("none", "ada"), "swap-not-canary"],
      [() => requests.unload("voices.x"), "slot-not-found"],
    ] as const)
      expect(ask).toThrow(expect.objectContaining({ code }));
  });

  test("loads a slot on demand when somebody wants it, once for all who wait", async () => {
    await fill("voices.a", "1", ON_DEMAND);
    expect(all.plugins.started).toEqual([]);
    const held = [1, 2, 3].map(() => host.slot("voices.a").acquire(1_000));
    const leases = await Promise.all(held);
    expect(leases.map(({ generation }) => generation)).toEqual([1, 1, 1]);
    for (const lease of leases) lease.release();
    expect(all.plugins.started).toHaveLength(1);
    expect(all.lastSwap(host.slot("voices.a"))).toMatchObject({ reason: "demand" });
  });

  test("loads what was only waiting for a request when the config wants it at once", async () => {
    await fill("voices.a", "1", ON_DEMAND);
    const change = { ...wanted("voices.a", "1"), binding: "keep" as const };
    expect(await host.change([change], [])).toEqual([]);
    expect(host.slot("voices.a").state).toBe("ready");
  });

  test("changes slots together: if one fails, all are as before, and what is new is gone", async () => {
    await fill("voices.a", "1");
    await fill("voices.b", "1");
    all.behave("bad", { load: () => Promise.reject(new SyrinxError("plugin-failed", "no")) });
    const change = [wanted("voices.a", "2"), wanted("voices.b", "bad"), wanted("voices.c", "2")];
    expect(await host.change(change, [])).toMatchObject([
      { slot: "voices.b", error: { code: "plugin-failed" } },
    ]);
    await until("the new slot is gone", () => host.slots().length === 2);
    expect(host.slots().map(({ running }) => running?.settings.mark)).toEqual(["1", "1"]);
  });

  test("unloads the voice on demand that was used longest ago when another needs its memory", async () => {
    // A voice of which nothing is known is taken to need 50 MB.
    all.devices.configure({ host: 120 * MB });
    for (const name of ["voices.b", "voices.a"]) {
      await fill(name, name, ON_DEMAND);
      (await host.slot(name).acquire(1_000)).release();
      all.clock.pass(1_000);
    }
    expect(await fill("voices.c", "c")).toBeUndefined();
    expect(host.slots().map(({ name, state, unloaded }) => [name, state, unloaded])).toEqual([
      ["voices.a", "ready", undefined],
      ["voices.b", "unloaded", "evicted"],
      ["voices.c", "ready", undefined],
    ]);
  });

  test("rolls back to what served before, as the journal knows it where the slot does not", async () => {
    await fill("voices.a", "1");
    await host
      .slot("voices.a")
      .swap({ ...host.slot("voices.a").running!, settings: { mark: "2" } }, "request").done;
    await host.remove("voices.a");
    await fill("voices.a", "2");
    expect(host.slot("voices.a").previous).toBeUndefined();
    await host.requests.rollback("voices.a", BY_HAND).done;
    expect(host.slot("voices.a").running?.settings.mark).toBe("1");
  });

  test("refuses a swap while another is under way, if that is requested, and queues it otherwise", async () => {
    const loads = Promise.withResolvers<void>();
    await fill("voices.a", "1");
    all.behave("2", { load: () => loads.promise });
    const change = (mark: string) => ({ settings: { mark } });
    const first = host.requests.swap("voices.a", change("2"), "request");
    expect(() => host.requests.swap("voices.a", change("3"), "request", { onConflict: "reject" })).toThrow(
      expect.objectContaining({ code: "swap-busy" }),
    );
    const second = host.requests.swap("voices.a", change("3"), "request");
    loads.resolve();
    await Promise.all([first.done, second.done]);
    expect(host.slot("voices.a").wish.wanted.settings).toEqual({ mark: "3" });
  });

  test("leaves no process behind when it closes, and finishes the requests in progress", async () => {
    await fill("voices.a", "1");
    await fill("voices.b", "1");
    const lease = await host.slot("voices.a").acquire(0);
    const closed = host.close();
    await settle();
    expect(all.plugins.started.map(({ closed }) => closed)).toEqual([false, true]);
    lease.release();
    await closed;
    expect(all.plugins.started.every(({ closed }) => closed)).toBe(true);
  });
});
