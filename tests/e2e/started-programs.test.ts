import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { kernelSandbox } from "../support/kernel-sandbox.ts";
import { ended, processesNaming } from "../support/processes.ts";
import { describeUnless } from "../support/skipped.ts";
import { until } from "../support/until.ts";

/** A voice that starts a program in a session of its own, and goes on without it. */
const STARTER = `import { voice } from "syrinx/sdk";
export default voice({
  load({ dataDirectory }) {
    Bun.spawn(["/usr/bin/tail", "-f", "/dev/null", dataDirectory], {
      detached: true,
      stdio: ["ignore", "ignore", "ignore"],
    }).unref();
    return {
      sampleRate: 16_000,
      speakers: [{ id: "starter", language: "und" }],
      device: "cpu",
      async *speak({ text }) {
        yield Float32Array.from({ length: text.length * 800 }, (_, i) => 0.2 * Math.sin(i / 10));
      },
    };
  },
});`;

const MANIFEST = {
  name: "starter",
  version: "1.0.0",
  kind: "voice",
  engine: "^1.0.0",
  entry: "main.ts",
  description: "Starts a program",
  license: "Apache-2.0",
  permissions: { run: ["tail"], read: ["$DATA"] },
  voice: { formats: [] },
};

const CONFIG = {
  ...TONE_ONLY,
  plugins: { grants: { starter: { run: ["tail"], read: ["$DATA"] } } },
  voices: { ...TONE_ONLY.voices, starter: { plugin: "starter" } },
};

describeUnless(kernelSandbox().missing)("a program that a plugin has started", () => {
  let engine: EngineProcess;
  let program: number;

  beforeEach(async () => {
    engine = await EngineProcess.start({ config: CONFIG, prepare: putStarter });
    program = await startedProgram();
  });
  afterEach(async () => {
    for (const pid of processesNaming(engine.folder)) if (pid !== engine.pid) process.kill(pid, "SIGKILL");
    await engine[Symbol.asyncDispose]();
  });

  async function startedProgram(): Promise<number> {
    const data = join(engine.home, "data/voices.starter");
    const [pid] = await until("the plugin has started a program", () => running(data), {
      is: ({ length }) => length > 0,
    });
    return pid!;
  }

  test("ends with its slot", async () => {
    await engine.save({ ...CONFIG, voices: TONE_ONLY.voices });
    await ended([program]);
  });

  test("ends with its plugin's process, and another takes its place", async () => {
    const { instances } = await engine.slot("voices.starter");
    process.kill(instances[0]!.pid, "SIGKILL");
    await ended([program]);
    expect(await startedProgram()).not.toBe(program);
  });

  test("has ended when the engine has stopped", async () => {
    expect(await engine.stop()).toBe(0);
    expect(running(engine.folder)).toEqual([]);
  });

  test("ends at the next start of an engine that was killed", async () => {
    engine.kill("SIGKILL");
    await engine.exited;
    expect(running(engine.folder)).toContain(program);
    const { folder } = engine;
    engine = await EngineProcess.start({ folder });
    await ended([program]);
  });
});

/** @returns the programs that run with a path among their arguments */
function running(path: string): number[] {
  return processesNaming(path).filter((pid) => processesNaming("/usr/bin/tail").includes(pid));
}

async function putStarter(home: string): Promise<void> {
  const folder = join(home, "plugins/starter");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "plugin.json"), JSON.stringify(MANIFEST));
  await writeFile(join(folder, "main.ts"), STARTER);
}
