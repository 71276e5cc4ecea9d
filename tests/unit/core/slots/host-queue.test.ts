import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SyrinxError } from "../../../../core/errors.ts";
import { describeBinding } from "../../../../core/releases/binding.ts";
import { Host } from "../../../../core/slots/host.ts";
import { EAGER } from "../../../../core/slots/slot-environment.ts";
import { MOST_WAITING } from "../../../../core/slots/slot-requests.ts";
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";
import { addPlugin } from "../../../support/releases.ts";
import { SlotSurroundings, until } from "./slot-fixture.ts";

const MARKED = { properties: { mark: { type: "string" } } };
const A = "voices.a";

let home: string;
let all: SlotSurroundings;
let host: Host;
/** Ends the load of the binding `slow`. */
let loads: PromiseWithResolvers<void>;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "syrinx-host-queue-"));
  await addPlugin(home, { name: "beep", version: "1.0.0", settings: MARKED }, "");
  all = new SlotSurroundings();
  host = await Host.open({
    ...all.environment,
    journal: all.journal.swaps,
    paths: { plugins: [{ path: join(home, "plugins"), trusted: true }], models: [] },
    grants: {},
  });
  loads = Promise.withResolvers<void>();
  all.behave("slow", { load: () => loads.promise });
  for (const slot of [A, "voices.b"])
    await host.fill(slot, "voice", { plugin: "beep", settings: { mark: "1" } }, "start");
});

afterEach(async () => {
  loads.resolve();
  await host.close();
  await rm(home, { recursive: true, force: true });
});

function wanted(slot: string, mark: string) {
  const binding = { plugin: "beep", settings: { mark } };
  return { slot, kind: "voice", wanted: binding, loadPolicy: EAGER, binding: "fill" } as const;
}

function swap(mark: string): Promise<SwapRecord> {
  return host.requests.swap(A, { settings: { mark } }, "request").done;
}

function codes(records: readonly SwapRecord[]): string[] {
  return records.map(({ stage, error }) => error?.code ?? stage);
}

describe("a change of the config", () => {
  test("waits for the swap under way alone: swaps that wait are told that it has overtaken them", async () => {
    const underWay = swap("slow");
    const waiting = [swap("2"), host.requests.unload(A).done, swap("3")];
    const changed = host.change([wanted(A, "new")], []);
    const ended = await Promise.all(waiting);
    expect(codes(ended)).toEqual(["swap-overtaken", "swap-overtaken", "swap-overtaken"]);
    const { id } = all.lastSwap(host.slot(A));
    expect(ended[0]?.error?.message).toBe(
      `It was overtaken before its turn by a change of the config (swap ${id})`,
    );
    loads.resolve();
    expect(await changed).toEqual([]);
    expect(codes([await underWay])).toEqual(["done"]);
    const { running, wish, error } = host.slot(A);
    expect([running?.settings.mark, wish.wanted.settings, error]).toEqual([
      "new",
      { mark: "new" },
      undefined,
    ]);
    // Nothing was loaded that nobody wanted at the end.
    expect(all.plugins.started.map(({ binding }) => binding.settings.mark)).toEqual([
      ...["1", "1"],
      ...["slow", "new"],
    ]);
  });

  test("loads a slot that is being unloaded, if a load of it waits: that would load what the config does not want", async () => {
    const lease = await host.slot(A).acquire(0);
    const unloaded = host.requests.unload(A).done;
    const load = host.requests.load(A).done;
    const changed = host.change([wanted(A, "new")], []);
    lease.release();
    expect(await changed).toEqual([]);
    expect(codes(await Promise.all([unloaded, load]))).toEqual(["done", "swap-overtaken"]);
    expect(host.slot(A).running?.settings.mark).toBe("new");
  });

  test("leaves a slot unloaded that is being unloaded, if no load of it waits", async () => {
    const lease = await host.slot(A).acquire(0);
    const unloaded = host.requests.unload(A).done;
    expect(await host.change([wanted(A, "new")], [])).toEqual([]);
    lease.release();
    expect(codes([await unloaded])).toEqual(["done"]);
    expect([host.slot(A).state, host.slot(A).wish.wanted.settings]).toEqual(["unloaded", { mark: "new" }]);
  });

  test("ends nothing in a slot that it does not change", async () => {
    const records = [swap("slow"), swap("2")];
    expect(await host.change([wanted("voices.b", "new")], [])).toEqual([]);
    loads.resolve();
    expect(codes(await Promise.all(records))).toEqual(["done", "done"]);
    expect(host.slot(A).running?.settings.mark).toBe("2");
  });

  test("that fails goes back before swaps that were asked after it and wait, and these keep their turn", async () => {
    const refusal = Promise.withResolvers<void>();
    all.behave("bad", { load: () => refusal.promise });
    const changed = host.change([wanted(A, "new"), wanted("voices.b", "bad")], []);
    await until("the change serves in one slot", () => !host.slot(A).swapping);
    const [underWay, waits] = [swap("slow"), swap("2")];
    refusal.reject(new SyrinxError("plugin-failed", "no"));
    await until("the slot is to go back", () => host.slot(A).waiting === 2);
    loads.resolve();
    expect(await changed).toMatchObject([{ slot: "voices.b" }]);
    expect(codes(await Promise.all([underWay, waits]))).toEqual(["done", "done"]);
    const { running, wish } = host.slot(A);
    expect([running?.settings.mark, wish.wanted.settings]).toEqual(["2", { mark: "2" }]);
  });
});

test("a restore ends what waits as well, also in a slot that still runs what it restores", async () => {
  const record = { slot: A, binding: describeBinding(host.slot(A).running!) };
  const records = [swap("slow"), swap("2")];
  const restored = host.restoreSlots([record]);
  loads.resolve();
  const { swaps, problems } = await restored;
  expect([swaps.map(({ slot, error }) => [slot, error]), problems]).toEqual([[[A, undefined]], []]);
  expect(codes(await Promise.all(records))).toEqual(["done", "swap-overtaken"]);
  expect((await records[1])?.error?.message).toContain("by the restore of a snapshot");
  expect(host.slot(A).running?.settings.mark).toBe("1");
});

test("a slot takes so many requests that wait, and refuses the next one: it is told when to ask again", async () => {
  const records = Array.from({ length: MOST_WAITING + 1 }, (_, n) => swap(n === 0 ? "slow" : String(n)));
  const { requests } = host;
  for (const ask of [
    () => requests.swap(A, {}, "request"),
    () => requests.swap(A, {}, "reload"),
    () => requests.unload(A),
    () => requests.load(A),
  ])
    expect(ask).toThrow(
      expect.objectContaining({
        code: "swap-busy",
        retryAfter: 10,
        message: `Cannot swap ${A} because ${MOST_WAITING} swaps of it wait behind the one that is under way. Ask again when they are over`,
      }),
    );
  // The config is not refused, and makes room.
  const changed = host.change([wanted(A, "new")], []);
  const last = swap("last");
  loads.resolve();
  expect(await changed).toEqual([]);
  expect(codes([await last])).toEqual(["done"]);
  expect(new Set(codes(await Promise.all(records)))).toEqual(new Set(["done", "swap-overtaken"]));
});
