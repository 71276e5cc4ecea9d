import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Glob } from "bun";
import pino from "pino";
import { systemClock } from "../../core/clock.ts";
import { EgressProxy } from "../../core/instances/egress/mod.ts";
import { sandboxSupport } from "../../core/instances/sandbox.ts";
import { startInstance } from "../../core/instances/start-instance.ts";
import type { Binding } from "../../core/releases/binding.ts";
import { LAUNCH_ENTRY, SERVE_ENTRY } from "../../core/runner/mod.ts";
import type { PluginKind } from "../../schemas/generated/plugin.ts";
import { silentLog } from "../support/silent-log.ts";

const SDK = join(import.meta.dir, "../../core/sdk");

/** @returns the code of every `@example` of a module, in order */
function examplesIn(text: string): string[] {
  return [...text.matchAll(/^ \* @example\n \* ```ts\n((?: \*.*\n)*?) \* ```$/gm)].map(([, code = ""]) =>
    code.replace(/^ \* ?/gm, ""),
  );
}

const examples: { file: string; code: string }[] = [];
for (const file of [...new Glob("*.ts").scanSync(SDK)].sort())
  for (const code of examplesIn(await readFile(join(SDK, file), "utf8"))) examples.push({ file, code });

/** @returns the one example of a file */
function exampleOf(file: string): string {
  const [example, ...more] = examples.filter((one) => one.file === file);
  if (!example || more.length > 0) throw new Error(`${file} has ${more.length + (example ? 1 : 0)} examples`);
  return example.code;
}

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "syrinx-examples-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** Runs code as the entry of a plugin in a folder of its own, outside the engine's tree. */
async function start(kind: PluginKind, code: string, settings: Record<string, unknown> = {}) {
  const name = `example-${Bun.randomUUIDv7()}`;
  const directory = join(home, "plugins", name);
  await mkdir(directory, { recursive: true });
  await Bun.write(join(directory, "main.ts"), code);
  const manifest = {
    name,
    version: "1.0.0",
    kind,
    engine: "^1.0.0",
    entry: "main.ts",
    description: "An example of the SDK.",
    license: "Apache-2.0",
  };
  const plugin = { kind, name, version: "1.0.0", manifest, directory, trusted: true };
  const binding: Binding = { plugin, model: undefined, device: "cpu", settings };
  const lines: string[] = [];
  const instance = await startInstance(`test.${name}`, binding, {
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
  return {
    instance,
    /** What it wrote to stdout and stderr. */
    lines,
    [Symbol.asyncDispose]: () => instance.end(),
  };
}

describe("the examples of the SDK run unchanged, in plugins outside the engine's tree", () => {
  test("voice()", async () => {
    await using plugin = await start("voice", exampleOf("voice.ts"), { hertz: 440 });
    await plugin.instance.load(1e9);
    expect(plugin.instance.loaded).toEqual({
      sampleRate: 16_000,
      speakers: [{ id: "beep", language: "und" }],
      device: "cpu",
      concurrency: 1,
      notes: [],
    });
    const samples = await Array.fromAsync(plugin.instance.speak({ text: "hello", speed: 1 }));
    expect(samples.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(5 * 800);
    expect(Math.max(...(samples[0] ?? []))).toBeCloseTo(0.2, 2);
  });

  test("sink()", async () => {
    await using plugin = await start("sink", exampleOf("sink.ts"));
    await plugin.instance.load(1e9);
    const utterance = {
      id: "u1",
      text: "hello",
      voice: "slt",
      release: "tone@1.0.0",
      format: "wav",
      contentType: "audio/wav",
      bytes: 6,
      durationMs: 1,
      createdAt: "2026-01-01T00:00:00.000Z",
    };
    async function* audio() {
      yield Uint8Array.of(1, 2, 3);
      yield Uint8Array.of(4, 5, 6);
    }
    expect(await plugin.instance.write({ utterance }, audio())).toBe("counted:u1");
    await plugin.instance.end();
    expect(plugin.lines).toEqual(["u1: 6 bytes of audio/wav"]);
  });

  test("configSource()", async () => {
    await using plugin = await start("config-source", exampleOf("config-source.ts"), { voice: "rms" });
    const over = new AbortController();
    const items: unknown[] = [];
    for await (const item of plugin.instance.watch(over.signal)) {
      items.push(item);
      over.abort();
    }
    expect(items).toEqual([{ document: { speech: { defaultVoice: "rms" } }, origin: "settings" }]);
  });

  test("PluginError: its code and its message reach the engine", async () => {
    const code = `import { PluginError, voice } from "syrinx/sdk";
      export default voice({ load() { ${exampleOf("errors.ts")} } });`;
    await using plugin = await start("voice", code);
    await expect(plugin.instance.load(1e9)).rejects.toMatchObject({
      code: "device-unavailable",
      message: "Cannot load on cuda:1 because this machine has 1 GPU",
    });
  });

  test("all examples of the SDK are run here", () => {
    expect(examples.map(({ file }) => file)).toEqual([
      "config-source.ts",
      "errors.ts",
      "sink.ts",
      "voice.ts",
    ]);
  });
});

describe("an entry that does not follow the examples", () => {
  test.each([
    ["has no default export", "export const x = 1;"],
    ["exports what was made by none of them", "export default { load() {} };"],
  ])("%s: the plugin does not start, and its message says what is needed", async (_, code) => {
    await expect(start("voice", code)).rejects.toMatchObject({
      code: "plugin-start-failed",
      message: expect.stringContaining("its default export is not made by voice(), sink() or configSource()"),
    });
  });

  test("throws while it is loaded: the plugin does not start, and its message is kept", async () => {
    await expect(start("voice", `throw new Error("no such library");`)).rejects.toMatchObject({
      code: "plugin-start-failed",
      message: expect.stringContaining("no such library"),
    });
  });

  test("is of another kind than its manifest says: calls that it does not implement fail", async () => {
    await using plugin = await start("sink", exampleOf("voice.ts"));
    await expect(plugin.instance.load(1e9)).rejects.toMatchObject({
      code: "plugin-failed",
      message: "Cannot answer open because a voice plugin has no such method",
    });
  });
});
