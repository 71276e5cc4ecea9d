import { describe, expect, test } from "bun:test";
import type { DeviceReading } from "../../../../core/devices/device.ts";
import { Devices } from "../../../../core/devices/devices.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import { Admission, type Evictable, type InstanceRequest } from "../../../../core/slots/admission.ts";
import type { Strategy } from "../../../../schemas/generated/swap.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { silentLog } from "../../../support/silent-log.ts";
import { bindingOf, modelRelease } from "../releases/releases.ts";

const MB = 1e6;

/** Plugins may take 1000 MB of the host, and what is in `idle` may be ended. */
function machine() {
  const host: DeviceReading = {
    id: "host",
    name: "host",
    totalBytes: 8000 * MB,
    usedBytes: 0,
    processes: new Map(),
  };
  const devices = new Devices({
    clock: new HandClock(),
    log: silentLog(),
    memoryHistory: openJournal(":memory:").memoryHistory,
    budgets: { host: 1000 * MB },
    readers: {
      host: () => host,
      gpus: () => Promise.resolve([]),
      tree: () => Promise.resolve([]),
      hostBytes: () => Promise.resolve(undefined),
      residentBytes: () => undefined,
      bytesNotResident: () => Promise.resolve(0),
      tasks: () => undefined,
      tasksOfMachine: () => undefined,
    },
  });
  const idle: Evictable[] = [];
  const evicted: string[] = [];
  const admission = new Admission(devices, () => idle);
  const mayEnd = (key: string, lastUsedAt = 0) =>
    idle.push({
      key,
      slot: key.split("#")[0] ?? "",
      lastUsedAt,
      evict() {
        evicted.push(key);
        devices.release(key);
        idle.splice(
          idle.findIndex((one) => one.key === key),
          1,
        );
        return Promise.resolve();
      },
    });
  return { admission, devices, mayEnd, evicted };
}

function request(key: string, bytes: number, strategy: Strategy, givesBack: string[] = []): InstanceRequest {
  const model = modelRelease({ memory: { bytes } });
  return { slot: key.split("#")[0] ?? "", key, binding: { ...bindingOf(1), model }, strategy, givesBack };
}

describe("what a swap would do", () => {
  test.each([
    [400, "auto", "blue-green", "fits-beside"],
    [700, "auto", "recreate", "fits-after-unload"],
    [1200, "auto", "auto", "refused"],
    [400, "recreate", "recreate", "fits-beside"],
    [700, "blue-green", "blue-green", "refused"],
    [700, "canary", "canary", "refused"],
  ] as const)(
    "with %d MB beside 500 of 1000 MB by %s is %s: %s",
    async (needed, asked, strategy, verdict) => {
      const { admission } = machine();
      await admission.admit(request("voices.a#1", 500 * MB, "auto"));
      const wanted = request("voices.a#2", needed * MB, asked, ["voices.a#1"]);
      expect(await admission.preview(wanted)).toMatchObject({ strategy, memory: { verdict } });
    },
  );

  test("of a slot that is empty needs no pause", async () => {
    const { admission } = machine();
    expect(await admission.preview(request("voices.a#1", 900 * MB, "auto"))).toMatchObject({
      strategy: "blue-green",
      memory: { verdict: "fits-beside", needs: [{ device: "host", bytes: 900 * MB }] },
    });
  });

  test("counts what is parked as gone where that lets both run, as the swap itself ends it", async () => {
    const { admission, mayEnd, evicted } = machine();
    await admission.admit(request("voices.a#1", 400 * MB, "auto"));
    await admission.admit(request("voices.a#2", 400 * MB, "auto", ["voices.a#1"]));
    mayEnd("voices.a#1");
    const wanted = request("voices.a#3", 500 * MB, "blue-green", ["voices.a#1", "voices.a#2"]);
    expect(await admission.preview(wanted)).toMatchObject({
      memory: { verdict: "fits-beside", message: expect.stringContaining("which has 600 MB free") },
    });
    expect(evicted).toEqual([]);
    expect(await admission.admit(wanted)).toMatchObject({ way: "beside" });
    expect(evicted).toEqual(["voices.a#1"]);
  });

  test("names the slots that would be unloaded for it, and unloads none", async () => {
    const { admission, mayEnd, evicted } = machine();
    for (const [index, slot] of ["voices.a", "voices.b"].entries()) {
      await admission.admit(request(`${slot}#1`, 400 * MB, "auto"));
      mayEnd(`${slot}#1`, index);
    }
    const wanted = request("voices.c#1", 500 * MB, "auto");
    expect(await admission.preview(wanted)).toMatchObject({ memory: { evict: ["voices.a"] } });
    expect(evicted).toEqual([]);
    await admission.admit(wanted);
    expect(evicted).toEqual(["voices.a#1"]);
  });
});

describe("an instance that is refused", () => {
  test("holds nothing: another one that fits comes in", async () => {
    const { admission, devices } = machine();
    await expect(admission.admit(request("voices.a#1", 1_200 * MB, "auto"))).rejects.toMatchObject({
      code: "memory-refused",
    });
    expect((await devices.overview()).instances).toEqual([]);
    expect(await admission.admit(request("voices.b#1", 1_000 * MB, "auto"))).toMatchObject({ way: "beside" });
  });
});
