import { afterEach, beforeEach, expect, test } from "bun:test";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { SwapList } from "../../schemas/generated/api.ts";
import { EngineProcess, ROOT, TONE_ONLY } from "../support/engine-process.ts";
import { kernelSandbox } from "../support/kernel-sandbox.ts";
import { ended, processesNaming } from "../support/processes.ts";
import { addPlugin } from "../support/releases.ts";
import { describeUnless } from "../support/skipped.ts";

const MAX_PROCESSES = 100;
const MEMORY_LIMIT = 250_000_000;
const HOARD = join(ROOT, "tests/fixtures/sandbox/hoard.ts");

/** Each process starts two that do the same, to a depth that bounds them to 4,095. The last ones wait. */
const BOMB =
  '[ $1 -gt 0 ] || { kill -STOP $$; exit; }; d=$(($1-1)); "$0" -c "$2" "$0" $d "$2" "$3" & "$0" -c "$2" "$0" $d "$2" "$3" & wait';

/** Doubles a string of 8 bytes 25 times. */
const STRING = "x=12345678; i=0; while [ $i -lt 25 ]; do x=$x$x; i=$((i+1)); done; kill -STOP $$";

/** A voice that does what it is told to speak, and then waits until it is killed. */
const GREEDY = `import { voice } from "syrinx/sdk";
import { dlopen, FFIType } from "bun:ffi";
const BOMB = ${JSON.stringify(BOMB)};
const STRING = ${JSON.stringify(STRING)};
const quiet = { stdio: ["ignore", "ignore", "ignore"] };
const deeds = {
  fork: () => Bun.spawn(["/bin/sh", "-c", BOMB, "/bin/sh", "11", BOMB, import.meta.dir], quiet),
  detach: () => Bun.spawn(["/bin/sh", "-c", BOMB, "/bin/sh", "11", BOMB, import.meta.dir], { ...quiet, detached: true }),
  threads() {
    const { pointer, ptr } = FFIType;
    const lib = dlopen("libc.so.6", { pthread_create: { args: [ptr, ptr, pointer, ptr], returns: FFIType.i32 }, pause: { args: [] } });
    for (let i = 0; i < 2000; i++) lib.symbols.pthread_create(new Uint8Array(8), null, lib.symbols.pause.ptr, null);
  },
  orphan: () => Bun.spawn(["/bin/sh", "-c", '"$0" -c "$1" "$0" "$2" & exit', "/bin/sh", STRING, import.meta.dir], quiet),
  shared() {
    process.argv.splice(2, Infinity, "shared mapping", "300e6");
    return import(import.meta.dir + "/hoard.ts");
  },
};
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "greedy", language: "en" }],
    device: "cpu",
    async *speak({ text }) {
      // With the first sound, so that the engine does not ask the next process for the same.
      yield Float32Array.from({ length: 8000 }, (_, i) => 0.2 * Math.sin(i / 5));
      const deed = deeds[text.replace(/\\W/g, "")];
      if (!deed) return;
      deed();
      await new Promise(() => {});
    },
  }),
});`;

describeUnless(kernelSandbox().missing)("a plugin that takes more than it may", () => {
  let engine: EngineProcess;
  let folder: string;

  beforeEach(async () => {
    engine = await EngineProcess.start({
      prepare: async (home) => {
        folder = await addPlugin(
          home,
          { name: "greedy", version: "1.0.0", permissions: { run: ["sh"] } },
          GREEDY,
        );
        await cp(HOARD, join(folder, "hoard.ts"));
      },
      config: {
        ...TONE_ONLY,
        plugins: { grants: { greedy: { run: ["sh"] } }, maxProcesses: MAX_PROCESSES },
        voices: { ...TONE_ONLY.voices, one: { plugin: "greedy", memoryLimitBytes: MEMORY_LIMIT } },
        swap: { memoryIntervalMs: 100 },
      },
    });
  });
  afterEach(async () => {
    for (const pid of processesNaming(engine.folder)) if (pid !== engine.pid) process.kill(pid, "SIGKILL");
    await engine[Symbol.asyncDispose]();
  });

  test.each([
    ["fork", "starts processes that start others"],
    ["detach", "starts such processes in a session of their own"],
    ["threads", "starts threads"],
  ])("is ended with all of it and replaced (%s): it %s", async (deed) => {
    const { message, pid } = await endedBy(deed);
    const count =
      /^Process (\d+) of voices\.one was ended because it has (\d+) processes and threads: its limit is 100 \(plugins\.maxProcesses of the config\)$/.exec(
        message,
      );
    expect(message).toBe(count?.[0] ?? "");
    expect(Number(count?.[1])).toBe(pid);
    expect(Number(count?.[2])).toBeGreaterThan(MAX_PROCESSES);
  });

  test.each([
    ["orphan", "in a process whose parent has ended"],
    ["shared", "in a shared mapping that it has let go of"],
  ])("is ended with all of it and replaced (%s): it holds memory %s", async (deed) => {
    const { message, pid } = await endedBy(deed);
    expect(message).toMatch(
      new RegExp(
        `^Process ${pid} of voices\\.one was ended because it uses ([2-9]\\d\\d MB|1\\.\\d+ GB) of host memory: ` +
          `its limit is 250 MB \\(voices\\.one\\.memoryLimitBytes\\)$`,
      ),
    );
  });

  /** @returns why the process that did the deed was ended, and its id. Nothing that it started is left, and others speak */
  async function endedBy(deed: string): Promise<{ message: string; pid: number }> {
    const { instances, restarts = 0 } = await engine.slotUntil(
      "voices.one",
      ({ state }) => state === "ready",
    );
    const speaking = engine.post("/v1/audio/speech", {
      input: `${deed}.`,
      voice: "one",
      response_format: "wav",
    });
    await engine.slotUntil("voices.one", (slot) => (slot.restarts ?? 0) > restarts && slot.state === "ready");
    expect((await engine.post("/v1/audio/speech", { input: "Hello.", voice: "tone" })).status).toBe(200);
    const { swaps } = await engine.get<SwapList>("/control/swaps?slot=voices.one");
    const recovery = swaps.find(({ reason }) => reason === "recovery");
    await speaking.then((answer) => answer.arrayBuffer()).catch(() => {});
    const serving = (await engine.slot("voices.one")).instances.map(({ pid }) => pid);
    const left = processesNaming(folder).filter((pid) => !serving.includes(pid));
    await ended(left);
    return { message: recovery?.stages[0]?.detail ?? "", pid: instances[0]?.pid ?? 0 };
  }
});
