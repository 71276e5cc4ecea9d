import { expect, test } from "bun:test";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { systemClock } from "../../core/clock.ts";
import { EgressProxy } from "../../core/instances/egress/mod.ts";
import { sandboxSupport } from "../../core/instances/sandbox.ts";
import { startInstance } from "../../core/instances/start-instance.ts";
import type { Binding } from "../../core/releases/binding.ts";
import { LAUNCH_ENTRY, SERVE_ENTRY } from "../../core/runner/mod.ts";
import { isRunning } from "../support/processes.ts";
import { silentLog } from "../support/silent-log.ts";
import { until } from "../support/until.ts";

test("a process starts while the files of its model are checked, and is ended if one of them is wrong", async () => {
  const home = await mkdtemp(join(tmpdir(), "syrinx-model-check-"));
  try {
    const directory = join(home, "plugins/early");
    await mkdir(directory, { recursive: true });
    await Bun.write(
      join(directory, "main.ts"),
      `import { voice } from "syrinx/sdk";
       console.log("pid " + process.pid);
       export default voice({ load: () => { throw new Error("The model was not checked before the load"); } });`,
    );
    const name = "early";
    const manifest = {
      name,
      version: "1.0.0",
      kind: "voice" as const,
      engine: "^1.0.0",
      entry: "main.ts",
      description: "Says when it starts.",
      license: "Apache-2.0",
    };
    const plugin = { kind: manifest.kind, name, version: "1.0.0", manifest, directory, trusted: true };
    const models = join(home, "models/tiny");
    await mkdir(models, { recursive: true });
    await Bun.write(join(models, "tiny.onnx"), "weights");
    const model = {
      name: "tiny",
      version: "1.0.0",
      directory: models,
      bytes: 7,
      manifest: {
        name: "tiny",
        version: "1.0.0",
        format: "piper",
        files: { model: "tiny.onnx" },
        sha256: { "tiny.onnx": "0".repeat(64) },
        languages: ["en"],
        license: "unknown",
      },
    };
    const binding: Binding = { plugin, model, device: "cpu", settings: {} };
    const lines: string[] = [];
    const starting = startInstance("voices.early", binding, {
      clock: systemClock,
      log: pino(
        { level: "info" },
        { write: (line: string) => void lines.push((JSON.parse(line) as { msg: string }).msg) },
      ),
      runner: { launch: LAUNCH_ENTRY, serve: SERVE_ENTRY },
      sandbox: { support: sandboxSupport(), require: false },
      home,
      paths: { plugins: [{ path: join(home, "plugins"), trusted: true }], models: [] },
      dataDirectory: join(home, "data"),
      maxProcesses: 1_024,
      devices: { tasks: () => undefined, tasksOfMachine: () => undefined },
      timeouts: {
        startMs: 10_000,
        loadMs: 10_000,
        healthIntervalMs: 5_000,
        healthMs: 10_000,
        audioMs: 60_000,
        cancelMs: 10_000,
      },
      cores: 1,
      egress: new EgressProxy({ clock: systemClock, log: silentLog(), report: () => {} }),
      killed: new AbortController().signal,
    });
    await expect(starting).rejects.toMatchObject({ code: "model-corrupt" });
    const line = await until("the plugin has started", () => lines.find((one) => one.startsWith("pid ")), {
      show: () => lines.join("\n"),
    });
    expect(isRunning(Number(line.slice("pid ".length)))).toBe(false);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
