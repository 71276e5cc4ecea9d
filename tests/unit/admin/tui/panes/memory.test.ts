import { describe, expect, test } from "bun:test";
import { deviceBar } from "../../../../../admin/tui/panes/memory/device-bar.ts";
import { deviceUses } from "../../../../../admin/tui/panes/memory/device-use.ts";
import { memory } from "../../../../../admin/tui/panes/memory/pane.ts";
import { useChart } from "../../../../../admin/tui/panes/memory/use-chart.ts";
import { glyphsFor, textOf } from "../../../../../admin/tui/screen/mod.ts";
import type { EngineState, MemorySample } from "../../../../../admin/tui/state/mod.ts";
import type { MemoryView } from "../../../../../schemas/generated/api.ts";
import { engineKnowing, NOW } from "./known-engine.ts";
import { type Looks, PaneUser, texts } from "./pane-user.ts";

const GB = 1e9;
const UTF8 = glyphsFor({ LANG: "C.UTF-8" });
const ASCII = glyphsFor({});

type Device = MemoryView["devices"][number];
type Instance = MemoryView["instances"][number];

const HOST: Device = {
  id: "host",
  name: "Memory of this machine",
  totalBytes: 20 * GB,
  usedBytes: 5 * GB,
  budgetBytes: 16 * GB,
  reservedBytes: 2 * GB,
};
const GPU: Device = {
  id: "cuda:0",
  name: "NVIDIA L4",
  totalBytes: 10 * GB,
  usedBytes: 6 * GB,
  budgetBytes: 9 * GB,
  reservedBytes: 5 * GB,
};

function instance(slot: string, more: Partial<Instance> = {}): Instance {
  return {
    slot,
    pid: 100 + slot.length,
    generation: 3,
    state: "serving",
    device: "cuda:0",
    hostBytes: GB,
    reservedBytes: 4 * GB,
    ...more,
  };
}

const ONE = instance("voices.one", { gpuBytes: 4 * GB });

function useOn(device: Device, instances: readonly Instance[]) {
  const [use] = deviceUses({ devices: [device], instances: [...instances] });
  if (!use) throw new Error("no device");
  return use;
}

const open = (known: MemoryView, looks: Looks = {}, more: Partial<EngineState> = {}) =>
  new PaneUser(memory, engineKnowing({ memory: known }, more), looks);

describe("the memory of a device", () => {
  test("is divided into instances, reserved memory, other programs, and free memory within the budget", () => {
    expect(useOn(GPU, [ONE])).toMatchObject({
      shares: [{ letter: "A", bytes: 4 * GB, isEstimate: false }],
      promisedBytes: GB,
      othersBytes: 2 * GB,
      // 10 GB less 2 GB of others and 5 GB of ours: the budget would leave 4 GB.
      roomBytes: 3 * GB,
    });
  });

  test("counts what was reserved for an instance that the driver does not see, once it has loaded", () => {
    expect(useOn(GPU, [instance("voices.one")])).toMatchObject({
      shares: [{ bytes: 4 * GB, isEstimate: true }],
      othersBytes: 2 * GB,
    });
    expect(useOn(GPU, [instance("voices.one", { state: "loading" })])).toMatchObject({
      shares: [{ bytes: 0 }],
      promisedBytes: 4 * GB,
      othersBytes: 6 * GB,
    });
  });

  test("of the host includes the processes of voices on a GPU", () => {
    const cpu = instance("voices.two", { device: "cpu", hostBytes: 2 * GB });
    const uses = deviceUses({ devices: [HOST, GPU], instances: [ONE, cpu] });
    expect(uses.map(({ device }) => device.id)).toEqual(["cuda:0", "host"]);
    const letters = uses.map(({ shares }) => shares.map(({ letter, bytes }) => `${letter}${bytes / GB}`));
    expect(letters).toEqual([["A4"], ["A1", "B2"]]);
  });
});

describe("the bar", () => {
  test("has the instances from the left, each with its letter, others from the right, and a mark at the budget's end", () => {
    const two = instance("voices.two", { gpuBytes: GB, reservedBytes: GB });
    const use = useOn({ ...GPU, usedBytes: 7 * GB, reservedBytes: 6 * GB }, [ONE, two]);
    expect(textOf(deviceBar(use, 21, UTF8))).toBe("A███████B█▒▒····░░│░░");
    const spans = deviceBar(use, 21, UTF8).map((part) => (typeof part === "string" ? "plain" : part.tone));
    expect(spans.slice(0, 2)).toEqual(["share-a", "share-b"]);
  });

  test("shows the smallest share, and is drawn in ASCII if the locale has nothing else", () => {
    const tiny = instance("voices.tiny", { gpuBytes: 1e6, reservedBytes: 1e6 });
    const use = useOn({ ...GPU, usedBytes: GB, reservedBytes: 1e6 }, [tiny]);
    expect(textOf(deviceBar(use, 21, ASCII))).toBe("A.................|::");
  });
});

describe("the chart of the last minutes", () => {
  const sample = (secondsAgo: number, usedBytes: number): MemorySample => ({
    at: NOW - secondsAgo * 1_000,
    devices: [{ ...GPU, usedBytes }],
  });
  const chart = (samples: readonly MemorySample[], glyphs = UTF8) =>
    texts(useChart(samples, "cuda:0", NOW, { columns: 36, rows: 4 }, glyphs));

  test("has round sizes at its ends, and nothing where nothing was sampled", () => {
    const lines = chart([sample(8, 4 * GB), sample(2, 6 * GB)]);
    expect(lines[0]).toMatch(/^6\.0 GB│ {26,28}█{1,2}$/);
    expect(lines.at(-2)).toMatch(/^ {6}│ {26,27}[▁█]█{1,2}$/);
    expect(lines.at(-1)).toBe("4.0 GB└5 min ago ─────────────── now");
  });

  test("keeps a peak that is shorter than one point", () => {
    const samples = Array.from({ length: 150 }, (_, index) =>
      sample(300 - index * 2, index === 75 ? 9 * GB : GB),
    );
    const [top = ""] = chart(samples);
    expect(top.split("│")[1]?.trim()).toBe("▆");
  });

  test("has a gap where there are no samples for more than ten seconds", () => {
    const samples = [sample(240, 5 * GB), sample(10, 5 * GB), sample(0, 5 * GB)];
    const points = chart(samples, ASCII).at(-2)?.split("|")[1];
    expect(points).toMatch(/^ {4,6}#{1,2} {16,22}#+$/);
  });

  test("does not move until there is a new point", () => {
    const samples = [sample(20, 5 * GB), sample(4, 7 * GB)];
    const at = (now: number) => texts(useChart(samples, "cuda:0", now, { columns: 36, rows: 4 }, UTF8));
    const eachMs = 300_000 / 29;
    const begin = Math.ceil(NOW / eachMs) * eachMs;
    expect(at(begin + 1)).toEqual(at(begin + eachMs - 1));
  });
});

describe("the pane", () => {
  const BOTH = { devices: [HOST, GPU], instances: [ONE] };

  test("shows each device with its numbers, its bar, and who has how much of it", () => {
    const { lines } = open(BOTH);
    expect(lines[0]).toMatch(/^▌cuda:0 {2}NVIDIA L4 .*6\.0 GB of 10\.0 GB used$/);
    expect(lines[1]).toBe(" budget │ 9.0 GB   reserved by this engine 5.0 GB   room for more 3.0 GB");
    expect(lines.find((line) => line.startsWith(" A "))).toMatch(
      /^ A {2}voices.one +3 {2}serving +110 {2}4\.0 GB +40% +4\.0 GB$/,
    );
    expect(lines.find((line) => line.includes("other programs"))).toContain("2.0 GB    20%");
  });

  test("moves to the next device with Page Down, which is then in sight as a whole", () => {
    const { lines, chosen } = open(BOTH, { rows: 10 }).press("pagedown");
    expect(chosen).toContain("▌host");
    expect(lines).toHaveLength(10);
    expect(lines.some((line) => /^ ·  free +15\.0 GB/.test(line))).toBe(true);
  });

  test("says of an instance what it holds, and what would free it", () => {
    const opened = (state: Instance["state"]) => {
      const value = { devices: [GPU], instances: [{ ...ONE, state }] };
      const pane = open(value).press("down", "enter");
      return { body: pane.said, command: pane.dialog("text").command };
    };
    expect(opened("serving")).toMatchObject({
      body: expect.stringContaining("GPU         4.0 GB"),
      command: "syrinx unload voices.one",
    });
    expect(opened("parked").body).toContain("kept for an instant rollback");
  });

  test("says that there is no GPU, or why a GPU could not be read", () => {
    expect(open({ devices: [HOST], instances: [] }).lines[0]).toBe(
      " No GPU was found here: every voice runs on the host.",
    );
    const silent = { ...GPU, totalBytes: 0, problem: "nvidia-smi hangs" };
    const { lines } = open({ devices: [HOST, silent], instances: [] });
    expect(lines[1]).toBe(" ✗ its memory is not known: nvidia-smi hangs");
  });

  test("filters by words, and keeps the last data when the engine does not answer", () => {
    const two = instance("voices.two", { device: "cpu" });
    const value = { devices: [HOST, GPU], instances: [ONE, two] };
    const { lines } = open(value, { filter: "two SERVING" });
    expect(lines.join("\n")).not.toContain("voices.one");
    expect(lines[0]).toContain("▌host");
    const error = { code: "unreachable", message: "No engine answers", details: [] };
    const { lines: stale } = open(value, {}, { problems: { memory: error } });
    expect(stale[0]).toBe("✗ No engine answers");
    expect(stale[1]).toContain("cuda:0");
  });

  test("has a key that goes to the slots", () => {
    expect(open(BOTH).press("s").effects).toEqual([{ kind: "show", pane: "slots" }]);
  });
});
