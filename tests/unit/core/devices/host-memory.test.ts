import { describe, expect, test } from "bun:test";
import { readHostMemory } from "../../../../core/devices/host-memory.ts";
import { temporaryFolder } from "../releases/folder.ts";

const MEMINFO = "MemTotal:        1000000 kB\nMemFree:          100000 kB\nMemAvailable:     600000 kB\n";

async function reading(files: Record<string, string>) {
  await using folder = await temporaryFolder(files);
  return readHostMemory(folder.path);
}

describe("the host's memory", () => {
  test("is that of the machine; memory that is not available counts as used, caches do not", async () => {
    expect(await reading({ "proc/meminfo": MEMINFO })).toEqual({
      id: "host",
      name: "Memory of this machine",
      totalBytes: 1_024_000_000,
      usedBytes: 409_600_000,
      processes: new Map(),
    });
  });

  test("is the limit of the container, if that is less; cached files do not count as used", async () => {
    const found = await reading({
      "proc/meminfo": MEMINFO,
      "proc/self/cgroup": "0::/\n",
      "sys/fs/cgroup/memory.max": "500000000\n",
      "sys/fs/cgroup/memory.current": "300000000\n",
      "sys/fs/cgroup/memory.stat": "anon 100000000\ninactive_file 120000000\nactive_file 1\n",
    });
    expect(found).toMatchObject({
      name: "Memory of this container",
      totalBytes: 500_000_000,
      usedBytes: 180_000_000,
    });
  });

  test("follows the tightest limit of all its cgroups", async () => {
    const found = await reading({
      "proc/meminfo": MEMINFO,
      "proc/self/cgroup": "1:memory:/old\n0::/a/b\n",
      "sys/fs/cgroup/a/b/memory.max": "max\n",
      "sys/fs/cgroup/a/b/memory.current": "5\n",
      "sys/fs/cgroup/a/memory.max": "400000000\n",
      "sys/fs/cgroup/a/memory.current": "7\n",
    });
    expect(found).toMatchObject({ totalBytes: 400_000_000, usedBytes: 7 });
  });

  test("is that of the machine if the limit is higher, or there is none", async () => {
    const limited = (max: string) =>
      reading({
        "proc/meminfo": MEMINFO,
        "proc/self/cgroup": "0::/\n",
        "sys/fs/cgroup/memory.max": max,
        "sys/fs/cgroup/memory.current": "1\n",
      });
    expect((await limited("9223372036854771712\n")).totalBytes).toBe(1_024_000_000);
    expect((await limited("max\n")).totalBytes).toBe(1_024_000_000);
  });

  test("is known without /proc as well", async () => {
    const { totalBytes, usedBytes } = await reading({});
    expect(totalBytes).toBeGreaterThan(usedBytes);
    expect(usedBytes).toBeGreaterThan(0);
  });

  test("is read in less than a millisecond of the CPU: an admission costs no more", () => {
    const reads = 200;
    const before = process.cpuUsage();
    for (let read = 0; read < reads; read++) readHostMemory();
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000 / reads).toBeLessThan(1);
  });
});
