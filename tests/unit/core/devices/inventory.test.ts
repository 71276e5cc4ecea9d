import { describe, expect, test } from "bun:test";
import type { DeviceReaders, DeviceReading } from "../../../../core/devices/device.ts";
import { Inventory } from "../../../../core/devices/inventory.ts";
import { HandClock } from "../../../support/hand-clock.ts";

/** GPUs whose readings the test gives out by hand. */
function byHand() {
  const asked: PromiseWithResolvers<readonly DeviceReading[]>[] = [];
  const readers: DeviceReaders = {
    host: () => ({ id: "host", name: "", totalBytes: 1, usedBytes: 0, processes: new Map() }),
    gpus() {
      const one = Promise.withResolvers<readonly DeviceReading[]>();
      asked.push(one);
      return one.promise;
    },
    tree: (pid) => Promise.resolve([pid]),
    hostBytes: () => Promise.resolve(1),
    residentBytes: () => undefined,
    bytesNotResident: () => Promise.resolve(0),
    tasks: () => undefined,
    tasksOfMachine: () => undefined,
  };
  const clock = new HandClock();
  return { clock, asked, inventory: new Inventory(clock, readers) };
}

const ONE: readonly DeviceReading[] = [];
const OTHER: readonly DeviceReading[] = [];

describe("the readings of the GPUs", () => {
  test("are shared by all callers at the same time, and within a second", async () => {
    const { clock, asked, inventory } = byHand();
    const both = [inventory.gpus(), inventory.gpus()];
    expect(asked).toHaveLength(1);
    asked[0]?.resolve(ONE);
    for (const readings of await Promise.all(both)) expect(readings).toBe(ONE);
    clock.pass(999);
    expect(await inventory.gpus()).toBe(ONE);
    clock.pass(1);
    const later = inventory.gpus();
    asked[1]?.resolve(OTHER);
    expect(await later).toBe(OTHER);
    expect(asked).toHaveLength(2);
  });

  test("begin again for a caller that must see what has just happened, after the reading under way", async () => {
    const { clock, asked, inventory } = byHand();
    const before = inventory.gpus();
    const after = inventory.gpus(0);
    asked[0]?.resolve(ONE);
    expect(await before).toBe(ONE);
    await clock.settle();
    expect(asked).toHaveLength(2);
    asked[1]?.resolve(OTHER);
    expect(await after).toBe(OTHER);
    expect(await inventory.gpus()).toBe(OTHER);
  });

  test("are not taken for the host's memory", () => {
    const { asked, inventory } = byHand();
    expect(inventory.host().id).toBe("host");
    expect(asked).toEqual([]);
  });
});
