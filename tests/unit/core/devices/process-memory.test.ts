import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { hostBytesOf, processTree } from "../../../../core/devices/process-memory.ts";

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

describe.if(process.platform === "linux")("the memory of an instance", () => {
  test("is that of its process and its descendants", async () => {
    await using processes = await family();
    const tree = await processTree(processes.parent);
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
    expect(await processTree(parent)).toEqual([]);
    expect(await hostBytesOf([parent])).toBeUndefined();
    expect(await hostBytesOf([])).toBeUndefined();
  });
});
