import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Status, SwapList } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { rawVoice } from "../support/raw-plugin.ts";
import { addPlugin } from "../support/releases.ts";
import { inTime, until } from "../support/until.ts";

const MEMORY_LIMIT = 300_000_000;

/** Speaks well, unless the text says how it is to end; "half" gives a second of sound before that. */
const DOOMED = rawVoice(`
  const sad = text.replace("half", "").trim();
  if (text.includes("half")) sound(16000);
  const end = () => {
    // Its thread waits for what nobody does.
    if (sad.startsWith("health")) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    if (sad.startsWith("memory")) return void (globalThis.leak = new Uint8Array(400e6).fill(1));
    if (sad.startsWith("signal")) return process.kill(process.pid, "SIGSEGV");
    if (sad.startsWith("crash")) { console.error("no such weights"); process.exit(3); }
    if (sad.startsWith("violation")) return write(new TextEncoder().encode("HTTP/1.1 200 OK"));
    if (sad.startsWith("audio") || sad.startsWith("hang")) return;
    sound(8000);
    say({ type: "result" });
  };
  setTimeout(end, text.includes("half") ? 200 : 0);
`);

/** How a voice ends, the status that its client gets, and the words that the client and the record get. */
const ENDS: [how: string, status: number, why: RegExp][] = [
  ["health", 502, /did not answer health within 2000 ms/],
  ["audio", 504, /sent no audio for speak within 4000 ms/],
  ["memory", 502, /uses [345]\d\d MB of host memory: its limit is 300 MB/],
  ["signal", 502, /killed by SIGSEGV/],
  ["crash", 502, /exit code 3: no such weights/],
  ["violation", 502, /Cannot read a frame of type 47/],
];

function start(voices: readonly string[], swap: object): Promise<EngineProcess> {
  const doomed = { plugin: "doomed", memoryLimitBytes: MEMORY_LIMIT };
  return EngineProcess.start({
    prepare: async (home) => void (await addPlugin(home, { name: "doomed", version: "1.0.0" }, DOOMED)),
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, ...Object.fromEntries(voices.map((name) => [name, doomed])) },
      swap,
    },
  });
}

const speak = (engine: EngineProcess, input: string, voice: string) =>
  engine.post("/v1/audio/speech", { input, voice, response_format: "pcm" });

describe("a voice that ends", () => {
  // Each test has a voice of its own, so that all of them can wait at once.
  const early = (how: string) => `${how}-early`;
  const late = (how: string) => `${how}-late`;
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await start(
      ENDS.flatMap(([how]) => [early(how), late(how)]),
      { audioTimeoutMs: 4_000, healthIntervalMs: 200, healthTimeoutMs: 2_000, memoryIntervalMs: 100 },
    );
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  /** Checks that the record of the replacement, and the log, name the cause. */
  async function isOnRecord(voice: string, why: RegExp): Promise<void> {
    const slot = `voices.${voice}`;
    await engine.slotUntil(slot, ({ restarts = 0 }) => restarts > 0);
    const { swaps } = await engine.get<SwapList>(`/control/swaps?slot=${slot}&limit=20`);
    const detail = swaps.findLast(({ reason }) => reason === "recovery")?.stages[0]?.detail ?? "none";
    expect(detail).toMatch(why);
    await engine.loggedOf(slot, JSON.stringify(detail).slice(1, -1));
  }

  describe.each(ENDS)("by %s", (how, status, why) => {
    test.concurrent("before its client has heard anything: the client is told the cause", async () => {
      const response = await speak(engine, how, early(how));
      expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(why)]);
      await isOnRecord(early(how), why);
    });

    test.concurrent(
      "in the middle of an utterance: the client gets a broken stream, and the record has the cause",
      async () => {
        const response = await speak(engine, `${how} half`, late(how));
        expect(response.status).toBe(200);
        const heard = response.bytes().then(
          () => "whole",
          () => "broken",
        );
        expect(await inTime("the stream has ended", heard, 20_000)).toBe("broken");
        await isOnRecord(late(how), why);
      },
    );
  });
});

test("a client whose voice hangs and is unloaded is told that it was unloaded", async () => {
  await using engine = await start(["one"], {
    drainTimeoutMs: 100,
    audioTimeoutMs: 3_600_000,
    cancelTimeoutMs: 3_600_000,
  });
  const hung = speak(engine, "hang", "one").then(async (response) => [
    response.status,
    await response.text(),
  ]);
  await until(
    "the voice speaks",
    async () => (await engine.get<Status>("/control/status")).counts.utterancesActive === 1,
  );
  expect((await engine.post("/control/slots/voices.one/unload")).status).toBe(200);
  expect(await hung).toEqual([503, expect.stringContaining("unloaded")]);
});
