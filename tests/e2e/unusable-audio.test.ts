import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { addPlugin } from "../support/releases.ts";

/**
 * A voice that speaks its probe well. What it gives for other texts:
 *
 * @param gives statements that yield samples; they see `good`, one second of a tone
 */
function voiceThat(gives: string): string {
  return `import { voice } from "syrinx/sdk";
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "sick", language: "en" }],
    device: "cpu",
    async *speak({ text }) {
      const good = Float32Array.from({ length: 16000 }, (_, i) => 0.2 * Math.sin(i / 5));
      if (text.startsWith("1, 2")) yield good;
      else { ${gives} }
    },
  }),
});`;
}

/** What a plugin may give instead of audio, the version of it that does, and how the engine says so. */
const FAULTS: [fault: string, version: string, gives: string, words: string][] = [
  ["NaN", "2.0.0", "good[7] = NaN; yield good;", "samples that are not numbers (NaN or infinite)"],
  ["infinity", "3.0.0", "good[7] = -Infinity; yield good;", "samples that are not numbers (NaN or infinite)"],
  ["no audio", "4.0.0", "", "no audio"],
];
const NAN_LATER = "5.0.0";
const SICK = { plugin: "sick@1.0.0" };

/** A voice of the engine that is well. Each test has one of its own, and swaps it to a version that is not. */
class Patient {
  constructor(
    private readonly engine: EngineProcess,
    private readonly name: string,
  ) {}

  get slot(): string {
    return `voices.${this.name}`;
  }

  swap(version: string, how: object = {}) {
    return this.engine.swap(this.slot, { plugin: `sick@${version}`, ...how });
  }

  speak(): Promise<Response> {
    const body = { input: "It speaks.", voice: this.name, response_format: "wav" };
    return this.engine.post("/v1/audio/speech", body);
  }

  /** @returns the generation that was asked, and whether all was heard */
  async outcome(): Promise<[generation: number, heard: boolean]> {
    const response = await this.speak();
    const generation = Number(response.headers.get("X-Syrinx-Generation"));
    return response.bytes().then(
      () => [generation, response.ok],
      () => [generation, false],
    );
  }
}

/** An engine whose voices are well, and whose plugin has versions that are not. */
function start(names: readonly string[], swap: object): Promise<EngineProcess> {
  return EngineProcess.start({
    async prepare(home) {
      const add = (version: string, gives: string) =>
        addPlugin(home, { name: "sick", version }, voiceThat(gives));
      await add("1.0.0", "yield good;");
      for (const [, version, gives] of FAULTS) await add(version, gives);
      await add(NAN_LATER, "yield good.slice(); good[7] = NaN; yield good;");
    },
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, ...Object.fromEntries(names.map((name) => [name, SICK])) },
      swap: { parkForMs: 0, ...swap },
    },
  });
}

const nameFor = (test: string) => (version: string) => `${test}-${version[0]}`;

describe("a voice that gives unusable audio", () => {
  const [atFirst, asCanary] = [nameFor("first"), nameFor("canary")];
  let engine: EngineProcess;
  beforeAll(async () => {
    const names = FAULTS.flatMap(([, version]) => [atFirst(version), asCanary(version)]);
    engine = await start([...names, "later"], { watch: { minRequests: 1_000 } });
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  test.each(FAULTS)(
    "%s at first: the client gets no audio and a 502 that says why",
    async (_, version, __, words) => {
      const patient = new Patient(engine, atFirst(version));
      await patient.swap(version);
      const response = await patient.speak();
      expect(response.status).toBe(502);
      expect(response.headers.get("Content-Type")).toContain("application/json");
      expect(await response.json()).toMatchObject({
        error: { code: "plugin-failed", message: `The voice sick@${version} gave ${words}` },
      });
    },
  );

  test("NaN after good audio: the stream breaks, and the log says why", async () => {
    const patient = new Patient(engine, "later");
    await patient.swap(NAN_LATER);
    const response = await patient.speak();
    expect(response.status).toBe(200);
    await expect(response.bytes()).rejects.toThrow();
    await engine.logged(`The voice sick@${NAN_LATER} gave samples that are not numbers`);
  });

  test.each(FAULTS)(
    "%s counts for a canary: it ends, and the old version keeps serving",
    async (_, version) => {
      const patient = new Patient(engine, asCanary(version));
      const canary = { percent: 50, minRequests: 4, maxErrorRate: 0.25, windowMs: 60_000 };
      const swap = patient.swap(version, { strategy: "canary", canary });
      await engine.slotUntil(patient.slot, ({ instances }) =>
        instances.some(({ state }) => state === "canary"),
      );
      const outcomes = [
        await patient.outcome(),
        await patient.outcome(),
        await patient.outcome(),
        await patient.outcome(),
      ];
      expect(outcomes.filter(([generation, heard]) => generation === 1 && heard)).toHaveLength(2);
      expect(await swap).toMatchObject({
        code: "too-many-errors",
        detail: expect.stringContaining("2 of 2 utterances failed as a canary"),
        swap: { stage: "rolled-back" },
      });
      expect(await engine.slot(patient.slot)).toMatchObject({
        generation: 1,
        running: { plugin: "sick@1.0.0" },
      });
    },
  );
});

describe("a watched version that gives unusable audio", () => {
  const watched = nameFor("watched");
  let engine: EngineProcess;
  beforeAll(async () => {
    const names = FAULTS.map(([, version]) => watched(version));
    engine = await start(names, { watch: { minRequests: 4, maxErrorRate: 0.5 } });
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  test.each(FAULTS)("such as %s is rolled back", async (_, version) => {
    const patient = new Patient(engine, watched(version));
    const { id } = await patient.swap(version);
    for (let n = 0; n < 3; n++) await patient.outcome();
    await engine.slotUntil(patient.slot, ({ running }) => running?.plugin === "sick@1.0.0");
    const record = await engine.get<SwapRecord>(`/control/swaps/${id}`);
    expect(record.stages.at(-1)).toMatchObject({
      stage: "rolled-back",
      detail: expect.stringContaining(`sick@${version} is not trusted because 3 of 3 utterances failed`),
    });
    expect(await patient.outcome()).toEqual([3, true]);
  });
});
