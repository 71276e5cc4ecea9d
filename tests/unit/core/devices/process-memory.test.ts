import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../../../core/clock.ts";
import { bytesNotResident, hostBytesOf, residentBytes } from "../../../../core/devices/process-memory.ts";
import { ProcessTrees } from "../../../../core/devices/process-trees.ts";

/** A shell with a child of its own, which says when that is there. */
async function family() {
  const parent = Bun.spawn(["sh", "-c", "sleep 100 & echo $!; wait"], { stdout: "pipe" });
  const reader = parent.stdout.getReader();
  const { value } = await reader.read();
  const child = Number(new TextDecoder().decode(value));
  let ended = false;
  return {
    parent: parent.pid,
    child,
    async [Symbol.asyncDispose]() {
      if (ended) return;
      ended = true;
      process.kill(child, "SIGKILL");
      parent.kill("SIGKILL");
      await parent.exited;
    },
  };
}

const trees = new ProcessTrees(systemClock);

describe.if(process.platform === "linux")("the memory of an instance", () => {
  test("is that of its process and its descendants", async () => {
    await using processes = await family();
    const tree = await trees.of(processes.parent);
    expect(tree).toEqual([processes.parent, processes.child]);
    const [one = 0, both = 0] = await Promise.all([hostBytesOf([processes.parent]), hostBytesOf(tree)]);
    expect(one).toBeGreaterThan(0);
    expect(both).toBeGreaterThan(one);
  });

  test("counts shared pages only in part", async () => {
    const own = (await hostBytesOf([process.pid])) ?? 0;
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    expect(own).toBeGreaterThan(1_000_000);
    expect(own).toBeLessThanOrEqual(Number(resident) * 1024 * 1.2);
  });

  test("is not known for a process that has ended", async () => {
    await using processes = await family();
    const { parent } = processes;
    await processes[Symbol.asyncDispose]();
    expect(await trees.of(parent)).toEqual([]);
    expect(await hostBytesOf([parent])).toBeUndefined();
    expect(await hostBytesOf([])).toBeUndefined();
  });

  test.each(["memfd", "deleted file", "shared mapping"])(
    "counts what no resident set has, once for all who hold it: %s",
    async (way) => {
      const holders = await hoard(way);
      try {
        expect(residentBytes(holders[0]!.pid)).toBeLessThan(90e6);
        const pids = holders.map(({ pid }) => pid);
        for (const held of [await hostBytesOf(pids), await bytesNotResident(pids)]) {
          expect(held).toBeGreaterThan(holders.length * HOARD);
          expect(held).toBeLessThan(holders.length * (HOARD + 60e6));
        }
        // The same process twice stands for two that hold the same file.
        const [first = 0] = pids;
        expect(await bytesNotResident([first, first])).toBeLessThan(1.5 * HOARD);
      } finally {
        for (const holder of holders) holder.kill("SIGKILL");
      }
    },
  );
});

const HOARD = 100e6;

/** @returns two processes that each hold so much in this way */
function hoard(way: string): Promise<Bun.Subprocess[]> {
  const script = join(import.meta.dir, "../../../fixtures/sandbox/hoard.ts");
  return Promise.all(
    [1, 2].map(async () => {
      const holder = Bun.spawn([process.execPath, script, way, String(HOARD)], { stdout: "pipe" });
      const { value } = await holder.stdout.getReader().read();
      expect(new TextDecoder().decode(value)).toBe("holds\n");
      return holder;
    }),
  );
}
