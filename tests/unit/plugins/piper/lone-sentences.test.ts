import { afterEach, beforeEach, expect, type Mock, spyOn, test } from "bun:test";
import { Inference } from "../../../../plugins/piper/inference.ts";
import type { Settings } from "../../../../plugins/piper/settings.generated.ts";
import { loadShipped, STILL, say } from "./support.ts";

const TEXT = "What time does the train to Boston leave?";
/** More than the trial of threads needs. */
const SENTENCES = 12;

let loads: Mock<typeof Inference.load>;

beforeEach(() => {
  loads = spyOn(Inference, "load");
});

afterEach(() => {
  loads.mockRestore();
});

/** How many threads each session was given, in the order of their start. */
const threads = () => loads.mock.calls.map(([options]) => options.threads);

async function withVoice(
  cores: number,
  settings: Partial<Settings>,
  use: (voice: Awaited<ReturnType<typeof loadShipped>>) => Promise<void>,
): Promise<void> {
  const voice = await loadShipped("en_US-slt-tiny", { cores, settings: { ...STILL, ...settings } });
  try {
    await use(voice);
  } finally {
    await voice.close?.();
  }
}

test("sentences that are alone get a session with every core, and sound the same on it", async () => {
  await withVoice(2, { threads: "auto", workers: "auto" }, async (voice) => {
    const first = await say(voice, { text: TEXT });
    for (let n = 1; n < SENTENCES; n++) expect(await say(voice, { text: TEXT })).toEqual(first);
    expect(threads()).toEqual([1, 2]);
  });
});

test("sentences that are spoken at once get a thread each", async () => {
  await withVoice(2, { threads: "auto", workers: "auto" }, async (voice) => {
    for (let n = 0; n < SENTENCES / 2; n++)
      await Promise.all([say(voice, { text: TEXT }), say(voice, { text: "Where does the train leave?" })]);
    expect(threads()).toEqual([1, 1]);
  });
});

test("a voice that has spoken only its probe has one session", async () => {
  await withVoice(2, { threads: "auto", workers: "auto" }, async (voice) => {
    await say(voice, { text: TEXT });
    expect(threads()).toEqual([1]);
  });
});

for (const [name, cores, settings, expected] of [
  ["one core", 1, { threads: "auto" }, 1],
  ["threads: 1", 2, { threads: 1 }, 1],
  ["threads: 2", 2, { threads: 2 }, 2],
] as const) {
  test(`with ${name}, a sentence that is alone is like any other`, async () => {
    await withVoice(cores, { workers: 1, ...settings }, async (voice) => {
      for (let n = 0; n < 4; n++) await say(voice, { text: TEXT });
      expect(threads()).toEqual([expected]);
    });
  });
}

test("a voice that may not take more memory keeps to one session, however many sentences wait", async () => {
  const limits = { cores: 2, memoryBytes: process.memoryUsage.rss() };
  const settings: Settings = { ...STILL, threads: "auto", workers: "auto" };
  const voice = await loadShipped("en_US-slt-tiny", { ...limits, settings });
  for (let n = 0; n < 3; n++) await say(voice, { text: TEXT });
  const spoken = await Promise.all([1, 2, 3].map(() => say(voice, { text: TEXT })));
  expect(spoken[2]).toEqual(spoken[0]!);
  expect(threads()).toEqual([1]);
  await voice.close?.();
});

test("without memory for a further session, sentences are spoken on one thread", async () => {
  await withVoice(2, { threads: "auto", workers: 1 }, async (voice) => {
    loads.mockRejectedValueOnce(new Error("out of memory"));
    for (let n = 0; n < SENTENCES; n++) expect((await say(voice, { text: TEXT })).length).toBeGreaterThan(0);
    expect(threads()).toEqual([1, 2]);
  });
});
