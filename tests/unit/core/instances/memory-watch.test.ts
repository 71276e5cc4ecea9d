import { describe, expect, test } from "bun:test";
import type { Usage } from "../../../../core/devices/mod.ts";
import { SyrinxError } from "../../../../core/errors.ts";
import { type MemoryLimit, watchMemory } from "../../../../core/instances/memory-watch.ts";
import { HandClock } from "../../../support/hand-clock.ts";

/** A watched instance, what it uses, and what it may. */
function watched() {
  const clock = new HandClock();
  const gone = Promise.withResolvers<SyrinxError>();
  const failures: SyrinxError[] = [];
  const instance = {
    slot: "voices.slt",
    pid: 41,
    closed: false,
    gone: gone.promise,
    fail(error: SyrinxError) {
      this.closed = true;
      failures.push(error);
    },
  };
  const environment = {
    clock,
    intervalMs: 5_000,
    limits: [
      { of: "host", bytes: 1.5e9, from: "memory.limits.host of the config" },
      { of: "gpu", bytes: 4e9, from: "the room that it reserved" },
    ] as MemoryLimit[],
    usage(pid: number): Promise<Usage> {
      looks.push("close");
      return Promise.resolve(pid === 41 ? use : {});
    },
    usesAtMost(pid: number): Promise<number | undefined> {
      looks.push("quick");
      return Promise.resolve(pid === 41 ? resident : undefined);
    },
  };
  const looks: string[] = [];
  let resident: number | undefined;
  let use: Usage = {};
  watchMemory(instance, environment);
  return {
    clock,
    environment,
    failures,
    instance,
    looks,
    leave: () => gone.resolve(new SyrinxError("plugin-crashed", "gone")),
    /** Lets the interval pass while it uses so much, and `most` with all pages that it shares. */
    async using(usage: Usage, ms = 5_000, most = usage.hostBytes) {
      [use, resident] = [usage, most];
      clock.pass(ms);
      await clock.settle();
    },
  };
}

describe("an instance whose memory is watched", () => {
  test("lives on as long as it keeps to its limits, and is looked at again at the interval of the moment", async () => {
    const watch = watched();
    await watch.using({ hostBytes: 1.5e9, gpuBytes: 4e9 });
    await watch.using({});
    watch.environment.intervalMs = 100;
    await watch.using({ hostBytes: 1e9 });
    await watch.using({ hostBytes: 2e9 }, 99);
    expect(watch.failures).toEqual([]);
    await watch.using({ hostBytes: 2e9 }, 1);
    expect(watch.failures).toHaveLength(1);
  });

  test("over a limit is failed, once, with what it uses, what it may, and who says so", async () => {
    const watch = watched();
    await watch.using({ hostBytes: 1.51e9 });
    expect(watch.failures).toMatchObject([
      {
        code: "memory-exceeded",
        message:
          "Process 41 of voices.slt was ended because it uses 1.51 GB of host memory: " +
          "its limit is 1.50 GB (memory.limits.host of the config)",
      },
    ]);
    expect(watch.clock.timers).toBe(0);
    const onGpu = watched();
    await onGpu.using({ hostBytes: 1e9, gpuBytes: 5e9 });
    expect(onGpu.failures[0]?.message).toEndWith(
      "uses 5.0 GB of GPU memory: its limit is 4.0 GB (the room that it reserved)",
    );
  });

  test("is held to the limits of the moment", async () => {
    const watch = watched();
    await watch.using({ hostBytes: 1e9 });
    watch.environment.limits = [{ of: "host", bytes: 0.5e9, from: "x" }];
    await watch.using({ hostBytes: 1e9 });
    expect(watch.failures).toHaveLength(1);
  });

  test("is looked at closely only if it could be over its limit", async () => {
    const watch = watched();
    watch.environment.limits = [{ of: "host", bytes: 1e9, from: "x" }];
    await watch.using({ hostBytes: 1e9 });
    expect(watch.looks).toEqual(["quick"]);
    await watch.using({ hostBytes: 0.9e9 }, 5_000, 1.1e9);
    await watch.using({});
    expect(watch.failures).toEqual([]);
    expect(watch.looks).toEqual(["quick", "quick", "close", "quick", "close"]);
    await watch.using({ hostBytes: 1.1e9 });
    expect(watch.failures).toHaveLength(1);
  });

  test("is not failed for a look that failed", async () => {
    const watch = watched();
    watch.environment.usage = () => Promise.reject(new Error("EIO"));
    await watch.using({});
    expect(watch.failures).toEqual([]);
    expect(watch.clock.timers).toBe(1);
  });

  test("is looked at no more once it is gone, or is about to be", async () => {
    const leaving = watched();
    leaving.leave();
    await leaving.clock.settle();
    expect(leaving.clock.timers).toBe(0);
    const closing = watched();
    closing.instance.closed = true;
    await closing.using({ hostBytes: 9e9 });
    expect(closing.failures).toEqual([]);
    expect(closing.clock.timers).toBe(0);
  });
});
