import { afterAll, beforeAll, expect, test } from "bun:test";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { SlotView, Status } from "../../schemas/generated/api.ts";
import { EngineProcess, ROOT, TONE_ONLY } from "../support/engine-process.ts";
import { describeUnless, withoutProgram } from "../support/skipped.ts";
import { toneHz } from "../support/tone.ts";
import { parseWav } from "../support/wav.ts";

const FIXTURE = join(ROOT, "tests/fixtures/plugins/python-tone");
const TEXT = "A voice may be written in any language that can read and write bytes.";

describeUnless(withoutProgram("python3"))(
  "a voice plugin in Python, on nothing but its standard library",
  () => {
    let engine: EngineProcess;
    beforeAll(async () => {
      engine = await EngineProcess.start({
        prepare: (home) => cp(FIXTURE, join(home, "plugins/python-tone"), { recursive: true }),
        config: {
          ...TONE_ONLY,
          voices: { slt: null, rms: null, snake: { plugin: "python-tone", settings: { hertz: 300 } } },
          speech: { defaultVoice: "snake" },
        },
      });
    });
    afterAll(() => engine[Symbol.asyncDispose]());

    function speak(input: string, init: RequestInit = {}): Promise<Response> {
      return engine.post("/v1/audio/speech", { input, response_format: "wav" }, init);
    }

    test("loads in the sandbox, without a grant", async () => {
      const slot = await engine.slot("voices.snake");
      expect(slot.error).toBeUndefined();
      expect(slot.state).toBe("ready");
      const { sandbox } = await engine.get<Status>("/control/status");
      expect(slot.instances[0]!.sandbox).toBe(sandbox.summary);
    });

    test("speaks", async () => {
      const response = await speak(TEXT);
      expect(response.headers.get("X-Syrinx-Release")).toBe("python-tone@1.0.0");
      const wav = parseWav(await response.bytes());
      expect(wav.seconds).toBeCloseTo(TEXT.length * 0.03, 1);
      expect(toneHz(wav)).toBeCloseTo(300, 0);
    });

    test("speaks more than its credit, and to several at once", async () => {
      const long = "a".repeat(1_500);
      const answers = await Promise.all([speak(long), speak(long), speak(TEXT)]);
      const [first, second] = await Promise.all(answers.map(async (each) => parseWav(await each.bytes())));
      expect(first!.seconds).toBeCloseTo(45, 0);
      expect(second!.seconds).toBeCloseTo(45, 0);
    });

    test("stops when its listener leaves, and speaks for the next one", async () => {
      const leaving = new AbortController();
      const response = await speak("a".repeat(20_000), { signal: leaving.signal });
      await response.body!.getReader().read();
      leaving.abort();
      await engine.slotUntil("voices.snake", idle);
      expect((await speak(TEXT)).ok).toBe(true);
    });

    test("is swapped like any other", async () => {
      const { stage } = await engine.swap("voices.snake", { settings: { hertz: 600 } });
      expect(stage).toBe("done");
      expect(toneHz(parseWav(await (await speak(TEXT)).bytes()))).toBeCloseTo(600, -1);
    });
  },
);

function idle({ instances }: SlotView): boolean {
  return instances.every(({ inflight }) => inflight === 0);
}
