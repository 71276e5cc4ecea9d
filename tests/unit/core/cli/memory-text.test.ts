import { expect, test } from "bun:test";
import { memoryText } from "../../../../core/cli/memory-text.ts";
import { validator } from "../../../../core/schema.ts";
import type { MemoryView } from "../../../../schemas/generated/api.ts";

const isView = validator<MemoryView>("syrinx:api#/$defs/MemoryView");

const HOST: MemoryView["devices"][number] = {
  id: "host",
  name: "memory",
  totalBytes: 16_000_000_000,
  usedBytes: 6_000_000_000,
  budgetBytes: 12_000_000_000,
  reservedBytes: 2_000_000_000,
};
const GPU: MemoryView["devices"][number] = {
  id: "cuda:0",
  name: "NVIDIA L4",
  totalBytes: 24_000_000_000,
  usedBytes: 12_000_000_000,
  budgetBytes: 22_800_000_000,
  reservedBytes: 9_000_000_000,
};
const SLT: MemoryView["instances"][number] = {
  slot: "voices.slt",
  pid: 4711,
  generation: 2,
  state: "serving",
  device: "cuda:0",
  hostBytes: 400_000_000,
  gpuBytes: 6_000_000_000,
  reservedBytes: 6_000_000_000,
};
const RMS: MemoryView["instances"][number] = {
  slot: "voices.rms",
  pid: 4712,
  generation: 1,
  state: "loading",
  device: "cpu",
  reservedBytes: 98_000_000,
};

function linesOf(view: MemoryView): string[] {
  expect(isView(view)).toBe(true);
  return memoryText(view).split("\n");
}

test("the memory is a line a device and a line an instance, each number with its unit", () => {
  const lines = linesOf({ devices: [HOST, GPU], instances: [SLT, RMS] });
  expect(lines.map((line) => line.replaceAll(/ +/g, " "))).toEqual([
    "DEVICE NAME RESERVED BUDGET USED TOTAL",
    "host memory [###========.......|......] 2.0 GB 12.0 GB 6.0 GB 16.0 GB",
    "cuda:0 NVIDIA L4 [#########======........|.] 9.0 GB 22.8 GB 12.0 GB 24.0 GB",
    "# reserved for instances, = other programs, | end of the budget",
    "",
    "SLOT PID GENERATION STATE DEVICE HOST GPU RESERVED",
    "voices.slt 4711 2 serving cuda:0 400 MB 6.0 GB 6.0 GB",
    "voices.rms 4712 1 loading cpu - - 98 MB",
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

test("a small share is seen in the bar, and a full device has no more than its cells", () => {
  const small = { ...HOST, reservedBytes: 39_000_000, usedBytes: 0, budgetBytes: HOST.totalBytes };
  expect(linesOf({ devices: [small], instances: [] })[1]).toContain(`[#${".".repeat(23)}|]`);
  const full = { ...HOST, usedBytes: 16_000_000_000, reservedBytes: 17_000_000_000 };
  expect(linesOf({ devices: [full], instances: [] })[1]).toContain(`[${"#".repeat(18)}|${"#".repeat(6)}]`);
});

test("a device that could not be read has no bar, and an engine without instances says so", () => {
  const unknown = { ...GPU, totalBytes: 0, usedBytes: 0, budgetBytes: 0, problem: "nvidia-smi hangs" };
  const lines = linesOf({ devices: [unknown], instances: [] });
  expect(lines[1]).not.toContain("[");
  expect(lines.at(-1)).toBe("No instance holds memory");
});
