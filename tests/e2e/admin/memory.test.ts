import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { MemoryView } from "../../../schemas/generated/api.ts";
import { AdminScreen } from "../../support/admin-screen.ts";
import { EngineProcess, TONE_ONLY } from "../../support/engine-process.ts";
import { FakeGpus } from "../../support/fake-gpus.ts";
import { addWeightyVoice, WEIGHTY_GRANTS } from "../../support/weighty-voice.ts";

const GB = 1e9;

const on = (device: string) => ({ plugin: "weighty", model: "small", device });

describe("the memory of a machine with two GPUs", () => {
  let gpus: FakeGpus;
  let engine: EngineProcess;
  beforeAll(async () => {
    gpus = await FakeGpus.create([{ totalMiB: 10_240 }, { totalMiB: 24_576, name: "NVIDIA A10" }]);
    engine = await EngineProcess.start({
      prepare: (home) => addWeightyVoice(home, { small: 4 * GB }),
      config: {
        ...TONE_ONLY,
        plugins: { grants: WEIGHTY_GRANTS },
        voices: { ...TONE_ONLY.voices, one: on("cuda:0"), two: on("cuda:0"), three: on("cuda:1") },
      },
      env: gpus.env,
    });
    const { instances } = await engine.get<MemoryView>("/control/memory");
    const pid = instances.find(({ slot }) => slot === "voices.one")?.pid ?? 0;
    await gpus.set([
      { totalMiB: 10_240, otherMiB: 5_500, processes: [{ pid, mib: 4_000 }] },
      { totalMiB: 24_576, name: "NVIDIA A10" },
    ]);
  });
  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
    await gpus[Symbol.asyncDispose]();
  });

  test("is shown device by device: who has how much, what is reserved, and what is free", async () => {
    await using screen = new AdminScreen(engine.url, { columns: 100, rows: 40 });
    screen.press("2");
    const text = await screen.see("4.2 GB");
    expect(text).toMatch(/cuda:0 {2}NVIDIA L4 +10\.0 GB of 10\.7 GB used/);
    expect(text).toMatch(/[A-E]█+[A-E]█+▒*·*░+│░*/);
    expect(text).toMatch(/[A-E] {2}voices\.one +1 {2}serving +\d+ +4\.2 GB +39% +4\.3 GB/);
    expect(text).toMatch(/voices\.two .*about 4\.3 GB/);
    expect(text).toContain("other programs");
    expect(text).toContain("5 min ago");
    screen.press("pagedown", "pagedown");
    expect(await screen.see("▌host")).toMatch(/voices\.tone +1 {2}serving/);
  });

  test("says what would free an instance's memory, in ASCII and without colours as well", async () => {
    await using screen = new AdminScreen(engine.url, {
      columns: 80,
      rows: 24,
      env: { LANG: "C", NO_COLOR: "1" },
    });
    screen.press("2");
    await screen.see("4.2 GB");
    screen.press("down", "enter");
    const text = await screen.see("What would free it");
    expect(text).toContain("syrinx unload voices.one");
    // oxlint-disable-next-line no-control-regex -- it is control characters that are looked for
    expect(text).toMatch(/^[\x00-\x7f]*$/);
    expect(screen.hasColours).toBe(false);
  });
});

test("on a machine without a GPU the host is shown, and a message says that there is no GPU", async () => {
  await using engine = await EngineProcess.start({ config: TONE_ONLY });
  await using screen = new AdminScreen(engine.url, { columns: 80, rows: 24 });
  screen.press("2");
  const text = await screen.see("voices.tone");
  expect(text).toContain("No GPU was found here: every voice runs on the host.");
  expect(text).toMatch(/▌host .*GB used/);
  // An empty list of what is on a GPU would be of no use to anybody.
  expect(text).not.toContain("cuda");
});
