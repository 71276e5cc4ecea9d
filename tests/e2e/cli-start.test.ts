import { describe, expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { SlotList, Status } from "../../schemas/generated/api.ts";
import { CommandLine } from "../support/command-line.ts";
import { EngineProcess, MAIN, TONE_ONLY } from "../support/engine-process.ts";
import { childrenOf, ended, isRunning } from "../support/processes.ts";
import { testUnless, withoutProgram } from "../support/skipped.ts";
import { inTime, until } from "../support/until.ts";
import { parseWav } from "../support/wav.ts";

/** Ten minutes of `tone`, more than the sockets between an engine and a client that does not read can hold. */
const LONG_TEXT = "Every word of it. ".repeat(1_112);

describe("syrinx start", () => {
  test("prints only its address on the first line of stdout, and writes it into its home", async () => {
    await using line = await CommandLine.open(TONE_ONLY);
    const child = line.spawn(["start", "--port", "0"]);
    try {
      const [first = ""] = await firstLines(child.stdout, 1);
      expect(first).toMatch(/^listening http:\/\/127\.0\.0\.1:\d+$/);
      const url = first.slice("listening ".length);
      expect(await Bun.file(join(line.home, "engine.json")).json()).toEqual({ pid: child.pid, url });
      expect(await (await fetch(`${url}/readyz`)).text()).toBe("ready\n");
    } finally {
      child.kill("SIGTERM");
      await child.exited;
    }
    expect(child.exitCode).toBe(0);
    expect(await line.strewn()).toEqual(["work/syrinx.jsonc"]);
    expect((await readdir(line.home)).filter((name) => name === "engine.json")).toEqual([]);
  });

  testUnless(withoutProgram("curl"))("prints a command that can be pasted to hear it", async () => {
    await using line = await CommandLine.open(TONE_ONLY);
    const child = line.spawn(["start", "--port", "0"]);
    try {
      const [, second = ""] = await firstLines(child.stdout, 2);
      const command = second.replace(/^hear it: +/, "").replace("-o hello.wav", `-o ${line.home}/hello.wav`);
      const shell = Bun.spawn(["sh", "-c", command], { stdio: ["ignore", "ignore", "ignore"] });
      expect(await shell.exited).toBe(0);
      expect(parseWav(await Bun.file(join(line.home, "hello.wav")).bytes()).seconds).toBeGreaterThan(1);
    } finally {
      child.kill("SIGTERM");
      await child.exited;
    }
  });

  test("ends with code 1 and a hint when the port is taken, and leaves the other engine's address file", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    await using line = await CommandLine.open(TONE_ONLY);
    const { port } = new URL(engine.url);
    const { code, stdout, stderr } = await line.run(["start", "--port", port]);
    expect([code, stdout.length]).toEqual([1, 0]);
    expect(stderr).toContain(
      `\nsyrinx: Cannot listen on 127.0.0.1:${port} because the port is taken. Choose another with --port, or 0 for any\n`,
    );
    expect((await engine.get<Status>("/control/status")).ready).toBe(true);
    expect(await Bun.file(join(engine.home, "engine.json")).json()).toMatchObject({ pid: engine.pid });
  });

  test("is refused on the home of another engine, whose files stay unchanged", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const before = await (await fetch(`${engine.url}/control/swaps`)).text();
    await using line = await CommandLine.open(TONE_ONLY);
    const { code, stdout, stderr } = await line.run(["start", "--port", "0", "--home", engine.home]);
    expect([code, stdout.length]).toEqual([1, 0]);
    expect(stderr).toContain(
      `syrinx: Cannot use ${engine.home} because another engine uses it: stop that one, or start this one with another --home\n`,
    );
    expect(await (await fetch(`${engine.url}/control/swaps`)).text()).toBe(before);
    expect(await Bun.file(join(engine.home, "engine.json")).json()).toMatchObject({ pid: engine.pid });
    // Nobody holds it once that engine is gone, however that ended.
    engine.kill("SIGKILL");
    await engine.exited;
    await using next = await EngineProcess.start({ folder: engine.folder });
    expect((await next.get<Status>("/control/status")).ready).toBe(true);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    test(`finishes the requests in progress at ${signal}, however slowly it is read, and leaves nothing behind`, async () => {
      await using engine = await EngineProcess.start({ config: TONE_ONLY });
      const { slots } = await engine.get<SlotList>("/control/slots");
      const pids = slots.flatMap(({ instances }) => instances.map(({ pid }) => pid));
      expect(pids).toEqual(childrenOf(engine.pid).sort((a, b) => a - b));
      expect(pids.length).toBeGreaterThan(0);

      const response = await engine.post("/v1/audio/speech", { input: LONG_TEXT, response_format: "wav" });
      const reader = (response.body as ReadableStream<Uint8Array>).getReader();
      const chunks = [(await reader.read()).value!];
      expect((await engine.get<Status>("/control/status")).counts.utterancesActive).toBe(1);
      engine.kill(signal);
      await engine.logged(`${signal}: finishing the requests in progress`);
      expect(isRunning(engine.pid)).toBe(true);

      for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
      expect(await engine.exited).toBe(0);
      const { seconds } = parseWav(new Uint8Array(Buffer.concat(chunks)));
      expect(seconds / (LONG_TEXT.length * 0.03)).toBeWithin(0.9, 1.01);
      expect(pids.filter(isRunning)).toEqual([]);
      expect(await readdir(engine.home)).not.toContain("engine.json");
    });
  }

  test("asks its sources for their documents at SIGHUP, and what it speaks goes on", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const response = await engine.post("/v1/audio/speech", { input: LONG_TEXT, response_format: "wav" });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    engine.kill("SIGHUP");
    await engine.logged("SIGHUP: asking every source for its document");
    await engine.logged("SIGHUP: config version 1 is active");
    expect((await engine.get<Status>("/control/status")).counts.utterancesActive).toBe(1);
    expect((await reader.read()).done).toBe(false);
    await reader.cancel();
  });

  test("serves on when nobody reads its log and its output any more", async () => {
    await using line = await CommandLine.open(TONE_ONLY);
    const pipeline = Bun.spawn(
      ["sh", "-c", '"$0" "$1" start --port 0 2>&1 | head -n 1', process.execPath, MAIN],
      {
        cwd: line.work,
        env: line.environment,
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const word = () =>
      Bun.file(join(line.home, "engine.json")).json() as Promise<{ pid: number; url: string }>;
    const { pid, url } = await until("the engine says where it listens", word, {
      is: ({ pid }) => pid !== 1,
    });
    try {
      for (let times = 0; times < 3; times++)
        expect((await fetch(`${url}/control/slots/voices.tone/reload`, { method: "POST" })).status).toBe(200);
    } finally {
      process.kill(pid, "SIGTERM");
      await pipeline.exited;
    }
  });

  test("ends when its terminal is closed", async () => {
    await using line = await CommandLine.open(TONE_ONLY);
    const ready = Promise.withResolvers<void>();
    let screen = "";
    const child = Bun.spawn([process.execPath, MAIN, "start", "--port", "0"], {
      cwd: line.work,
      env: line.environment,
      terminal: {
        data(_, bytes) {
          screen += new TextDecoder().decode(bytes);
          if (screen.includes("hear it:")) ready.resolve();
        },
      },
    });
    await ready.promise;
    const plugins = childrenOf(child.pid);
    child.terminal?.close();
    await inTime("the engine ends", child.exited, 20_000).finally(() => child.kill("SIGKILL"));
    expect([child.exitCode, child.signalCode]).toEqual([0, null]);
    expect((await readdir(line.home)).includes("engine.json")).toBe(false);
    await ended(plugins);
  });

  test("ends at once at a second signal", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const response = await engine.post("/v1/audio/speech", { input: LONG_TEXT, response_format: "wav" });
    const pids = childrenOf(engine.pid);
    engine.kill("SIGTERM");
    await engine.logged("SIGTERM: finishing the requests in progress");
    engine.kill("SIGTERM");
    expect(await engine.exited).toBe(130);
    await response.body?.cancel().catch(() => {});
    await ended(pids);
  });
});

describe("the log", () => {
  test("is one JSON object per line when stderr is not a terminal", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    await engine.save("{ broken");
    await engine.stop();
    await engine.logged('"msg":"stopped"');
    for (const line of engine.log) {
      const entry = JSON.parse(line) as Record<string, unknown>;
      expect(entry).toMatchObject({
        level: expect.stringMatching(/^(info|warn|error)$/),
        msg: expect.any(String),
      });
      expect(new Date(entry.time as string).getTime()).toBeGreaterThan(0);
    }
    expect(engine.log.length).toBeGreaterThan(4);
  });

  test("is readable on a terminal", async () => {
    await using line = await CommandLine.open(TONE_ONLY);
    const decoder = new TextDecoder();
    const ready = Promise.withResolvers<void>();
    let screen = "";
    const child = Bun.spawn([process.execPath, MAIN, "start", "--port", "0"], {
      cwd: line.work,
      env: { ...line.environment, NO_COLOR: "1" },
      terminal: {
        cols: 120,
        rows: 40,
        data(_, bytes) {
          screen += decoder.decode(bytes, { stream: true });
          if (screen.includes("hear it:")) ready.resolve();
        },
      },
    });
    await ready.promise;
    child.kill("SIGTERM");
    expect(await child.exited).toBe(0);
    child.terminal?.close();
    expect(screen).toMatch(
      /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: \[voices\.tone\] start: tone@1\.0\.0 done in \d+ ms\r$/m,
    );
    expect(screen).toMatch(/^\[[\d:.]+\] INFO: ready; sandbox: .+\r$/m);
    expect(screen).not.toContain('{"level"');
  });
});

async function firstLines(stream: ReadableStream<Uint8Array>, count: number): Promise<string[]> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    text += decoder.decode(next.value, { stream: true });
    const lines = text.split("\n");
    if (lines.length > count) return lines.slice(0, count);
  }
  throw new Error(`Of ${count} lines there was only: ${text}`);
}
