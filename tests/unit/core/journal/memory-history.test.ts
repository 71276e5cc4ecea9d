import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { MemoryHistory } from "../../../../core/devices/mod.ts";
import { openJournal } from "../../../../core/journal/mod.ts";
import { temporaryFolder } from "../releases/folder.ts";

const AT = "2026-01-01T00:00:00.000Z";
const OF = { plugin: "piper@1.0.0", model: "slt@1.0.0", device: "cuda:0" };

describe("the history of memory use", () => {
  test("keeps the newest measurement of exact releases on a device, also after a restart", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "journal.sqlite");
    const first = openJournal(path);
    first.memoryHistory.remember(OF, { hostBytes: 1, gpuBytes: 5e9 }, AT);
    first.memoryHistory.remember(OF, { hostBytes: 2, gpuBytes: 6e9 }, AT);
    first.close();
    const second = openJournal(path);
    expect(second.memoryHistory.find(OF)).toEqual({ hostBytes: 2, gpuBytes: 6e9 });
    second.close();
  });

  test("knows nothing of another release, or of another device", () => {
    const { memoryHistory } = openJournal(":memory:");
    memoryHistory.remember(OF, { hostBytes: 1 }, AT);
    expect(memoryHistory.find(OF)).toEqual({ hostBytes: 1 });
    for (const other of [
      { plugin: "piper@1.0.1" },
      { model: "slt@1.0.1" },
      { model: undefined },
      { device: "cpu" },
    ])
      expect(memoryHistory.find({ ...OF, ...other })).toBeUndefined();
  });

  test("holds one row for a plugin without a model as well", () => {
    const { memoryHistory } = openJournal(":memory:");
    const of = { plugin: "tone@1.0.0", device: "cpu" };
    memoryHistory.remember(of, { hostBytes: 1 }, AT);
    memoryHistory.remember(of, { hostBytes: 2 }, AT);
    expect(memoryHistory.find(of)).toEqual({ hostBytes: 2 });
  });

  test("has the type that the devices room reads and writes", () => {
    openJournal(":memory:").memoryHistory satisfies MemoryHistory;
  });
});
