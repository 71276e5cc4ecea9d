import { describe, expect, test } from "bun:test";
import type { MemoryRequest, Verdict } from "../../../../core/devices/mod.ts";
import { Admission, type Evictable, type InstanceRequest } from "../../../../core/slots/admission.ts";
import { pluginRelease } from "../releases/releases.ts";

const GPU_PLUGIN = pluginRelease({ permissions: { device: ["cuda"] } });

function request(change: Partial<InstanceRequest> = {}, device = "auto"): InstanceRequest {
  return {
    slot: "voices.a",
    key: "voices.a#2",
    binding: { plugin: GPU_PLUGIN, model: undefined, device, settings: {} },
    strategy: "auto",
    givesBack: ["voices.a#1"],
    ...change,
  };
}

function verdict(change: Partial<Verdict> = {}): Verdict {
  return {
    verdict: "fits-beside",
    device: "cpu",
    needs: [],
    evict: [],
    message: "it fits",
    ...change,
  } as Verdict;
}

/** An admission whose devices give these verdicts, one after the other, and what was asked of them and evicted. */
function admission(verdicts: Verdict[], evictable: Omit<Evictable, "evict">[] = []) {
  const needs: MemoryRequest[] = [];
  const done: string[] = [];
  const devices = {
    admit: (request: MemoryRequest) => {
      needs.push(request);
      return Promise.resolve(verdicts.shift() ?? verdict());
    },
    release: (key: string) => void done.push(`release ${key}`),
    preview: () => Promise.reject(new Error("nobody asks for a preview")),
  };
  const left = new Map(
    evictable.map((one) => [
      one.key,
      {
        ...one,
        evict: () => {
          done.push(`evict ${one.key}`);
          left.delete(one.key);
          return Promise.resolve();
        },
      },
    ]),
  );
  return { needs, done, admission: new Admission(devices, () => [...left.values()]) };
}

describe("an instance", () => {
  test("comes in beside the one that serves, or after it, as the devices say, with their words", async () => {
    const { admission: asked } = admission([
      verdict(),
      verdict({ verdict: "fits-after-unload", message: "it fits then" }),
    ]);
    expect(await asked.admit(request())).toMatchObject({ way: "beside", detail: "it fits" });
    expect(await asked.admit(request())).toMatchObject({ way: "after-unload", detail: "it fits then" });
  });

  test("comes in after the one that serves if that is requested, though both would fit", async () => {
    const { admission: asked } = admission([verdict(), verdict()]);
    expect(await asked.admit(request({ strategy: "recreate" }))).toMatchObject({ way: "after-unload" });
    const first = request({ strategy: "recreate", givesBack: [] });
    expect(await asked.admit(first)).toMatchObject({ way: "beside" });
  });

  test.each(["blue-green", "canary"] as const)("has to fit beside for %s", async (strategy) => {
    const { admission: asked, needs } = admission([verdict()]);
    await asked.admit(request({ strategy }));
    expect(needs).toMatchObject([{ beside: true, givesBack: ["voices.a#1"], mayUseGpu: true }]);
  });

  test("that nobody has room for is refused with the numbers", async () => {
    const { admission: asked } = admission([verdict({ verdict: "refused", message: "6 GB are too many" })]);
    await expect(asked.admit(request())).rejects.toMatchObject({
      code: "memory-refused",
      message: "There is no room: 6 GB are too many",
    });
  });

  test("has those unloaded that the devices name, and is asked about again", async () => {
    const idle = { key: "voices.b#7", slot: "voices.b", lastUsedAt: 5 };
    const used = { key: "voices.c#8", slot: "voices.c", lastUsedAt: 9 };
    const { admission: asked, needs, done } = admission([verdict({ evict: ["voices.b#7"] })], [idle, used]);
    expect(await asked.admit(request())).toMatchObject({ way: "beside" });
    expect(done).toEqual(["evict voices.b#7"]);
    expect(needs.map(({ evictable }) => evictable.map(({ key }) => key))).toEqual([
      ["voices.b#7", "voices.c#8"],
      ["voices.c#8"],
    ]);
  });

  test("is never told to unload its own slot to make room: what serves there is not idle", async () => {
    const own = { key: "voices.a#1", slot: "voices.a", lastUsedAt: 5 };
    const other = { key: "voices.b#7", slot: "voices.b", lastUsedAt: 9 };
    const { admission: asked, needs } = admission([verdict()], [own, other]);
    await asked.admit(request());
    expect(needs.map(({ evictable }) => evictable.map(({ key }) => key))).toEqual([["voices.b#7"]]);
  });

  test("ends what is parked in its own slot if it would not fit beside otherwise", async () => {
    const parked = { key: "voices.a#0", slot: "voices.a", lastUsedAt: 0 };
    const { admission: asked, done } = admission([verdict({ verdict: "fits-after-unload" })], [parked]);
    expect(await asked.admit(request())).toMatchObject({ way: "beside" });
    expect(done).toEqual(["release voices.a#2", "evict voices.a#0"]);
  });

  test("for which others are unloaded again and again in vain is refused in the end", async () => {
    const takers = Array.from({ length: 9 }, (_, i) => ({
      key: `voices.b#${i}`,
      slot: "voices.b",
      lastUsedAt: i,
    }));
    const { admission: asked, done } = admission(
      takers.map(({ key }) => verdict({ evict: [key] })),
      takers,
    );
    await expect(asked.admit(request())).rejects.toMatchObject({
      code: "memory-refused",
      message: "There is no room for voices.a: the memory that was freed for it was used again 3 times",
    });
    expect(done.length).toBe(3);
  });
});

describe("the process of a plugin that may use GPUs", () => {
  const variables = async (device: string, given: Partial<Verdict>, plugin = GPU_PLUGIN) => {
    const binding = { ...request({}, device).binding, plugin };
    return (await admission([verdict(given)]).admission.admit(request({ binding }))).env;
  };

  test("sees the one alone that it was given, where the choice was left open", async () => {
    const given = { device: "cuda:1", uuid: "GPU-b" };
    expect(await variables("auto", given)).toEqual({ CUDA_VISIBLE_DEVICES: "GPU-b" });
    expect(await variables("cuda", given)).toEqual({ CUDA_VISIBLE_DEVICES: "GPU-b" });
  });

  test("sees none where it was given the CPU", async () => {
    expect(await variables("auto", { device: "cpu" })).toEqual({ CUDA_VISIBLE_DEVICES: "" });
    expect(await variables("cpu", { device: "cpu" })).toEqual({});
  });

  test("counts as the admin does where it was told a number", async () => {
    const given = { device: "cuda:1", uuid: "GPU-b" };
    expect(await variables("cuda:1", given)).toEqual({ CUDA_DEVICE_ORDER: "PCI_BUS_ID" });
  });

  test("gets no variables if it did not ask for a GPU", async () => {
    expect(await variables("auto", { device: "cpu" }, pluginRelease())).toEqual({});
  });
});
