import { expect, test } from "bun:test";
import { ActivityTracker } from "../../../../core/api/activity-tracker.ts";
import { createApp } from "../../../../core/api/app.ts";
import { memoryRoutes, type RunningInstance } from "../../../../core/api/mod.ts";
import { systemClock } from "../../../../core/clock.ts";
import type { Usage } from "../../../../core/devices/mod.ts";
import { validator } from "../../../../core/schema.ts";
import type { MemoryView } from "../../../../schemas/generated/api.ts";
import { silentLog } from "../../../support/silent-log.ts";

const HOST = {
  id: "host",
  name: "Memory of this machine",
  totalBytes: 16e9,
  usedBytes: 4e9,
  budgetBytes: 12.8e9,
  reservedBytes: 0.35e9,
};
const GPU = { id: "cuda:0", name: "GPU", totalBytes: 0, usedBytes: 0, budgetBytes: 0, reservedBytes: 0 };

test("GET /control/memory shows each device, and each instance with what it uses and what it holds", async () => {
  const instances: RunningInstance[] = [
    { key: "voices.slt#1", slot: "voices.slt", pid: 41, generation: 1, state: "serving" },
    { key: "sinks.archive#1", slot: "sinks.archive", pid: 42, generation: 1, state: "serving" },
    { key: "voices.rms#2", slot: "voices.rms", pid: 43, generation: 2, state: "loading", device: "cuda:0" },
  ];
  const used: Record<number, Usage> = { 41: { hostBytes: 130e6, gpuBytes: 2e9 }, 42: { hostBytes: 9e6 } };
  const app = createApp({
    activity: new ActivityTracker(systemClock),
    version: "1.2.3",
    log: silentLog(),
    access: () => ({ tokens: [], allowedOrigins: [], publicVoices: false, loopback: true }),
    operations: memoryRoutes({
      instances: () => instances,
      devices: {
        overview: async () => ({
          devices: [HOST, { ...GPU, problem: "nvidia-smi is not on the PATH" }],
          instances: [{ key: "voices.slt#1", slot: "voices.slt", device: "cuda:0", reservedBytes: 2e9 }],
        }),
        usage: async (pid) => used[pid] ?? {},
      },
    }),
  });
  const response = await app.request("http://127.0.0.1:7851/control/memory", {
    headers: { host: "127.0.0.1:7851" },
  });
  expect(response.status).toBe(200);
  const view = (await response.json()) as MemoryView;
  const isView = validator<MemoryView>("syrinx:api#/$defs/MemoryView");
  expect(isView(view), JSON.stringify(isView.violations())).toBe(true);
  expect(view.devices.map(({ id, problem }) => [id, problem])).toEqual([
    ["host", undefined],
    ["cuda:0", "nvidia-smi is not on the PATH"],
  ]);
  expect(view.instances).toEqual([
    {
      slot: "voices.slt",
      pid: 41,
      generation: 1,
      state: "serving",
      device: "cuda:0",
      hostBytes: 130e6,
      gpuBytes: 2e9,
      reservedBytes: 2e9,
    },
    {
      slot: "sinks.archive",
      pid: 42,
      generation: 1,
      state: "serving",
      device: "cpu",
      hostBytes: 9e6,
      reservedBytes: 0,
    },
    { slot: "voices.rms", pid: 43, generation: 2, state: "loading", device: "cuda:0", reservedBytes: 0 },
  ]);
});
