import { describe, expect, test } from "bun:test";
import { Ledger } from "../../../../core/devices/ledger.ts";
import type { MemoryRequest } from "../../../../core/devices/memory-request.ts";
import { place, type Situation } from "../../../../core/devices/placement.ts";
import type { DeviceState } from "../../../../core/devices/room.ts";

const GB = 1e9;
/** What a CUDA context and a model of so many bytes take. */
const onGpu = (bytes: number) => bytes + 0.32 * GB;

interface Made {
  totalBytes?: number;
  foreignBytes?: number;
  budgetBytes?: number;
  problem?: string;
}

function device(
  id: string,
  { totalBytes = 10 * GB, foreignBytes = 0, budgetBytes, problem }: Made = {},
): DeviceState {
  const budget = { bytes: budgetBytes ?? totalBytes, atLeast: 0 };
  return { id, totalBytes, foreignBytes, budget, ...(problem && { problem }) };
}

const HOST = device("host", { totalBytes: 100 * GB });

function situation(
  devices: DeviceState[],
  held: [key: string, device: string, bytes: number][] = [],
): Situation {
  const ledger = new Ledger();
  for (const [key, id, bytes] of held) {
    const slot = key.split("#")[0] ?? "";
    ledger.reserve({ key, slot, plugin: "p@1.0.0", device: id, replaces: [] }, [{ device: id, bytes }]);
  }
  return { devices, ledger, measured: () => undefined };
}

function request(fields: Partial<MemoryRequest> = {}): MemoryRequest {
  return {
    key: "voices.slt#2",
    slot: "voices.slt",
    plugin: "piper@1.0.0",
    device: "cpu",
    mayUseGpu: true,
    declaredBytes: 6 * GB,
    weightsBytes: 1 * GB,
    givesBack: [],
    evictable: [],
    beside: false,
    ...fields,
  };
}

describe("an instance", () => {
  test("that fits beside the one that it replaces is admitted beside it", () => {
    const here = situation([device("host", { totalBytes: 16 * GB })], [["voices.slt#1", "host", 6 * GB]]);
    expect(place(request({ givesBack: ["voices.slt#1"] }), here)).toEqual({
      verdict: "fits-beside",
      device: "cpu",
      needs: [{ device: "host", bytes: 6 * GB }],
      evict: [],
      message: "voices.slt needs 6.0 GB of the host, which has 10.0 GB free",
    });
  });

  test("that fits after the one that it replaces has ended waits for that", () => {
    const here = situation([device("host")], [["voices.slt#1", "host", 6 * GB]]);
    expect(place(request({ givesBack: ["voices.slt#1"] }), here)).toMatchObject({
      verdict: "fits-after-unload",
      evict: [],
      message:
        "voices.slt needs 6.0 GB of the host, which has 4.0 GB free, and 10.0 GB once what it replaces is unloaded",
    });
  });

  test("that fits only after the old one has ended, and must fit beside it, is refused with this reason", () => {
    const here = situation([device("host")], [["voices.slt#1", "host", 6 * GB]]);
    expect(place(request({ givesBack: ["voices.slt#1"], beside: true }), here)).toEqual({
      verdict: "refused",
      device: "cpu",
      needs: [{ device: "host", bytes: 6 * GB }],
      evict: [],
      message:
        "the host has 4.0 GB of its budget of 10.0 GB free, and voices.slt needs 6.0 GB: 6.0 GB are held by " +
        "the current voices.slt (6.0 GB). It fits once what it replaces is unloaded: use the strategy recreate",
    });
  });

  test("that does not fit is refused with the numbers of the budget or of the device, whichever is too small", () => {
    const held: [string, string, number][] = [
      ["voices.rms#1", "cuda:0", 5 * GB],
      ["voices.duo#1", "cuda:0", 0.5 * GB],
    ];
    const wanted = request({ device: "cuda:0" });
    const short = situation(
      [HOST, device("cuda:0", { budgetBytes: 9.5 * GB, foreignBytes: 0.3 * GB })],
      held,
    );
    expect(place(wanted, short).message).toBe(
      "cuda:0 has 4.0 GB of its budget of 9.5 GB free, and voices.slt needs 6.3 GB: 5.5 GB are held by " +
        "voices.rms (5.0 GB) and voices.duo (500 MB). " +
        "Unload a voice, choose another device, or raise memory.budgets if it is the budget",
    );
    const crowded = situation(
      [HOST, device("cuda:0", { budgetBytes: 9.5 * GB, foreignBytes: 2 * GB })],
      held,
    );
    expect(place(wanted, crowded).message).toStartWith(
      "cuda:0 has 2.5 GB of its 10.0 GB free, and voices.slt needs 6.3 GB: 7.5 GB are held by " +
        "voices.rms (5.0 GB), voices.duo (500 MB) and other programs (2.0 GB).",
    );
    const alone = situation([HOST, device("cuda:0", { totalBytes: 4 * GB, budgetBytes: 3.8 * GB })]);
    expect(place(wanted, alone).message).toStartWith(
      "cuda:0 has 3.8 GB of its budget of 3.8 GB free, and voices.slt needs 6.3 GB.",
    );
  });

  test("on a GPU needs room in the host's memory as well", () => {
    const here = situation([device("host", { totalBytes: 1 * GB }), device("cuda:0")]);
    expect(place(request({ device: "cuda:0" }), here)).toMatchObject({
      verdict: "refused",
      message: expect.stringContaining(
        "the host has 1.0 GB of its budget of 1.0 GB free, and voices.slt needs 1.1 GB",
      ),
    });
  });
});

describe("the device of an instance", () => {
  const two = [HOST, device("cuda:0", { foreignBytes: 2 * GB }), device("cuda:1")];

  test("auto is the GPU with the most room, for a plugin that may use one", () => {
    expect(place(request({ device: "auto" }), situation(two))).toMatchObject({
      device: "cuda:1",
      needs: [
        { device: "cuda:1", bytes: onGpu(6 * GB) },
        { device: "host", bytes: 1.15 * GB },
      ],
    });
    expect(place(request({ device: "auto", mayUseGpu: false }), situation(two)).device).toBe("cpu");
  });

  test("auto is the CPU if no GPU has room, and no instance is unloaded from a GPU for it", () => {
    const here = situation(two, [
      ["voices.a#1", "cuda:0", 5 * GB],
      ["voices.b#1", "cuda:1", 5 * GB],
    ]);
    const evictable = [{ key: "voices.b#1", lastUsedAt: 0 }];
    expect(place(request({ device: "auto", evictable }), here)).toMatchObject({
      device: "cpu",
      verdict: "fits-beside",
      evict: [],
      message:
        "voices.slt needs 6.0 GB of the host, which has 100.0 GB free; cuda:0, cuda:1 have no room for it",
    });
  });

  test("auto prefers the GPU of the instance that it replaces to the CPU", () => {
    const here = situation([HOST, device("cuda:0")], [["voices.slt#1", "cuda:0", 6 * GB]]);
    expect(place(request({ device: "auto", givesBack: ["voices.slt#1"] }), here)).toMatchObject({
      device: "cuda:0",
      verdict: "fits-after-unload",
    });
  });

  test("cuda is the first GPU with room", () => {
    expect(place(request({ device: "cuda" }), situation(two)).device).toBe("cuda:0");
    const full = situation(two, [["voices.a#1", "cuda:0", 5 * GB]]);
    expect(place(request({ device: "cuda" }), full).device).toBe("cuda:1");
  });

  test("cuda:N is that GPU, or its part with the most room", () => {
    const full = situation(two, [["voices.a#1", "cuda:0", 5 * GB]]);
    expect(place(request({ device: "cuda:0" }), full)).toMatchObject({
      verdict: "refused",
      device: "cuda:0",
    });
    const parts = [
      HOST,
      device("cuda:1/mig-0", { totalBytes: 7 * GB }),
      { ...device("cuda:1/mig-1"), uuid: "MIG-b" },
    ];
    expect(place(request({ device: "cuda:1" }), situation([...parts, device("cuda:10")]))).toMatchObject({
      device: "cuda:1/mig-1",
      uuid: "MIG-b",
    });
  });

  test("that does not exist is an error, which names the devices that do", () => {
    expect(() => place(request({ device: "cuda:7" }), situation(two))).toThrow(
      "Cannot place an instance on cuda:7 because there is no such device. Use one of: cpu, cuda:0, cuda:1",
    );
    expect(() => place(request({ device: "cuda" }), situation([HOST]))).toThrow("Use one of: cpu");
  });

  test("whose memory is not known is used if it was requested by name, and not by auto", () => {
    const blind = situation([HOST, device("cuda:0", { problem: "nvidia-smi is not on the PATH" })]);
    for (const wanted of ["cuda", "cuda:0"]) {
      expect(place(request({ device: wanted }), blind)).toMatchObject({
        verdict: "fits-beside",
        device: "cuda:0",
        message:
          "the memory of cuda:0 is not known (nvidia-smi is not on the PATH), so voices.slt is admitted without a check",
      });
    }
    expect(place(request({ device: "auto" }), blind)).toMatchObject({
      device: "cpu",
      message: expect.stringContaining(
        "; the memory of the GPUs is not known (nvidia-smi is not on the PATH)",
      ),
    });
  });
});

describe("idle instances", () => {
  const held: [string, string, number][] = [
    ["voices.a#1", "cuda:0", 3 * GB],
    ["voices.b#1", "cuda:0", 3 * GB],
    ["voices.c#1", "host", 3 * GB],
  ];
  const evictable = [
    { key: "voices.a#1", lastUsedAt: 3 },
    { key: "voices.b#1", lastUsedAt: 2 },
    { key: "voices.c#1", lastUsedAt: 1 },
  ];

  test("are unloaded if there is no other way: the fewest of that device, the least recently used first", () => {
    const here = situation([HOST, device("cuda:0")], held);
    expect(place(request({ device: "cuda", evictable }), here)).toMatchObject({
      verdict: "fits-beside",
      evict: ["voices.b#1"],
      message:
        "voices.slt needs 6.3 GB of cuda:0, which has 4.0 GB free, and 7.0 GB once voices.b is unloaded",
    });
    expect(place(request({ device: "cuda", evictable, declaredBytes: 9 * GB }), here)).toMatchObject({
      evict: ["voices.b#1", "voices.a#1"],
    });
    expect(place(request({ device: "cuda", evictable, declaredBytes: 10 * GB }), here).verdict).toBe(
      "refused",
    );
  });

  test("stay if a swap fits after its own old instance has ended, unless it must fit beside it", () => {
    const here = situation([HOST, device("cuda:0")], [...held, ["voices.slt#1", "cuda:0", 3 * GB]]);
    const swap = { device: "cuda:0", evictable, givesBack: ["voices.slt#1"], declaredBytes: 3 * GB };
    expect(place(request(swap), here)).toMatchObject({ verdict: "fits-after-unload", evict: [] });
    expect(place(request({ ...swap, beside: true }), here)).toMatchObject({
      verdict: "fits-beside",
      evict: ["voices.b#1"],
    });
  });

  test("are unloaded for a swap that does not even fit after its old instance has ended, and no more than needed", () => {
    const here = situation([HOST, device("cuda:0")], [...held, ["voices.slt#1", "cuda:0", 3 * GB]]);
    const swap = request({ device: "cuda:0", evictable, givesBack: ["voices.slt#1"], declaredBytes: 6 * GB });
    expect(place(swap, here)).toMatchObject({
      verdict: "fits-after-unload",
      evict: ["voices.b#1"],
      message: expect.stringContaining("7.0 GB once what it replaces and voices.b are unloaded"),
    });
  });
});
