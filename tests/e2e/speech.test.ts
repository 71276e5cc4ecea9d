import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import OpenAI from "openai";
import type { OpenAiError, OpenAiModelList, Status, VoiceList } from "../../schemas/generated/api.ts";
import { EngineProcess, ROOT, SLT_ONLY } from "../support/engine-process.ts";
import { logMelDistance, loudnessOf, pitchHz, readWav } from "../support/spectrum.ts";
import { until } from "../support/until.ts";
import { parseWav } from "../support/wav.ts";

const BOSTON = "What time does the train to Boston leave?";
const SENTENCES = Array.from(
  { length: 60 },
  (_, i) => `This is sentence number ${i + 1} of a long text.`,
).join(" ");

let engine: EngineProcess;

beforeAll(async () => {
  engine = await EngineProcess.start({
    config: {
      voices: {
        duo: { plugin: "piper", model: "en_US-duo-tiny" },
        beep: { plugin: "tone", settings: { hertz: 500 } },
      },
    },
  });
});

afterAll(() => engine[Symbol.asyncDispose]());

async function say(body: object): Promise<Response> {
  const response = await engine.post("/v1/audio/speech", body, {
    headers: { "Content-Type": "application/json" },
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response;
}

async function sayWav(body: object) {
  return parseWav(await (await say({ response_format: "wav", ...body })).bytes());
}

async function refused(body: object | string, status: number): Promise<OpenAiError["error"]> {
  const init = { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) };
  const response = await fetch(`${engine.url}/v1/audio/speech`, init);
  expect(response.status).toBe(status);
  return ((await response.json()) as OpenAiError).error;
}

describe("a body", () => {
  test.each([
    ...[
      "model",
      "voice",
      "instructions",
      "response_format",
      "speed",
      "stream_format",
      "sample_rate",
      "sinks",
    ],
  ])("with %s: null is answered as without it", async (field) => {
    const response = await say({ input: "Hello.", [field]: null });
    expect(response.headers.get("X-Syrinx-Ignored")).toBeNull();
    expect((await response.bytes()).length).toBeGreaterThan(1000);
  });

  test("without its input is refused, be that absent or null", async () => {
    expect((await refused({ input: null }, 400)).message).toContain('"input" is missing');
  });

  test("is spoken without the fields that are not known, and they are named", async () => {
    const response = await say({
      input: "Hello.",
      voise: "slt",
      voice: { id: "slt", "st,yle": 1 },
      "é\n": 2,
    });
    expect(response.headers.get("X-Syrinx-Ignored")).toBe("voise, %C3%A9%0A, voice.st%2Cyle");
    expect(response.headers.get("X-Syrinx-Voice")).toBe("slt");
    await response.body?.cancel();
  });

  test("names some of very many fields that are not known", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [`${"x".repeat(60)}${at}`, at]),
    );
    const response = await say({ input: "Hello.", ...many });
    const ignored = response.headers.get("X-Syrinx-Ignored") ?? "";
    expect(ignored.split(", ")).toEqual([...Array<string>(20).fill("x".repeat(40)), "..."]);
    await response.body?.cancel();
  });
});

describe("the sound", () => {
  for (const [voice, reference] of [
    ["slt", "boston-slt.wav"],
    ["rms", "boston-rms.wav"],
  ] as const) {
    test(`of ${voice} is the sentence: as long and of the same spectrum as the reference, and as loud as the target`, async () => {
      const wanted = await readWav(join(ROOT, "tests/fixtures/piper", reference));
      const { samples, sampleRate } = await sayWav({ input: BOSTON, voice });
      expect(sampleRate).toBe(16_000);
      expect(samples.length / wanted.length).toBeWithin(0.85, 1.15);
      expect(Math.abs(loudnessOf({ samples, sampleRate }) + 20)).toBeLessThan(1.5);
      const other = await sayWav({ input: "The birch canoe slid on the smooth planks.", voice });
      const distance = logMelDistance(samples, wanted, sampleRate);
      expect(distance).toBeLessThan(4);
      expect(logMelDistance(other.samples, wanted, sampleRate)).toBeGreaterThan(1.5 * distance);
    });
  }

  test("differs between two voices as a woman's and a man's pitch do", async () => {
    const [slt, rms] = await Promise.all([
      sayWav({ input: BOSTON, voice: "slt" }),
      sayWav({ input: BOSTON, voice: "rms" }),
    ]);
    expect(pitchHz(slt.samples, slt.sampleRate)).toBeGreaterThan(1.3 * pitchHz(rms.samples, rms.sampleRate));
  });

  test("differs between the two speakers of one model", async () => {
    const [slt, rms] = await Promise.all([
      sayWav({ input: BOSTON, voice: "duo/slt" }),
      sayWav({ input: BOSTON, voice: "duo/rms" }),
    ]);
    expect(pitchHz(slt.samples, slt.sampleRate)).toBeGreaterThan(1.3 * pitchHz(rms.samples, rms.sampleRate));
  });

  test("takes half as long at twice the speed, and twice as long at half", async () => {
    const [slow, own, fast] = await Promise.all([0.5, 1, 2].map((speed) => sayWav({ input: BOSTON, speed })));
    expect((own?.seconds ?? 0) / (fast?.seconds ?? 1)).toBeWithin(1.7, 2.3);
    expect((slow?.seconds ?? 0) / (own?.seconds ?? 1)).toBeWithin(1.7, 2.3);
  });

  test("has every sentence of a long text", async () => {
    const one = await sayWav({ input: "Number one.", voice: "beep" });
    const ten = await sayWav({ input: "Number one. ".repeat(10), voice: "beep" });
    expect(ten.samples.length).toBe(10 * one.samples.length);
  });
});

describe("formats", () => {
  test("mp3 is the default, and streams whole frames", async () => {
    const response = await say({ input: BOSTON });
    expect(response.headers.get("Content-Type")).toBe("audio/mpeg");
    const bytes = await response.bytes();
    expect(bytes[0]).toBe(0xff);
    expect((bytes[1] ?? 0) & 0xe0).toBe(0xe0);
  });

  test("pcm is 24 kHz, as OpenAI's clients expect, unless another rate is requested", async () => {
    const wav = await sayWav({ input: "Testing.", voice: "beep" });
    const at = async (sample_rate?: number) =>
      (await (await say({ input: "Testing.", voice: "beep", response_format: "pcm", sample_rate })).bytes())
        .byteLength / 2;
    expect(await at()).toBeWithin(wav.seconds * 24_000 - 2, wav.seconds * 24_000 + 2);
    expect(await at(8_000)).toBeWithin(wav.seconds * 8_000 - 2, wav.seconds * 8_000 + 2);
  });

  test("an unknown one is refused in OpenAI's error format, which names the known ones", async () => {
    const error = await refused({ input: "Hello.", response_format: "opus" }, 400);
    expect(error).toMatchObject({
      type: "invalid_request_error",
      param: "response_format",
      code: "format-unsupported",
    });
    for (const format of ["mp3", "wav", "pcm"]) expect(error.message).toContain(format);
  });

  test("sse sends base64 deltas that add up to the audio, then done", async () => {
    const text = await (
      await say({ input: "Testing.", voice: "beep", response_format: "pcm", stream_format: "sse" })
    ).text();
    const events = text
      .split("\n\n")
      .flatMap((event) =>
        event ? [JSON.parse(event.slice("data: ".length)) as { type: string; audio?: string }] : [],
      );
    const audio = Buffer.concat(events.flatMap(({ audio }) => (audio ? [Buffer.from(audio, "base64")] : [])));
    const whole = await (await say({ input: "Testing.", voice: "beep", response_format: "pcm" })).bytes();
    expect(audio.equals(whole)).toBe(true);
    expect(events.at(-1)?.type).toBe("speech.audio.done");
  });
});

describe("the official OpenAI client", () => {
  test("speaks, streamed, and reads who spoke", async () => {
    const client = new OpenAI({ baseURL: `${engine.url}/v1`, apiKey: "none" });
    const response = await client.audio.speech.create({
      model: "tts-1",
      voice: "alloy",
      input: SENTENCES,
      response_format: "pcm",
    });
    let chunks = 0;
    let bytes = 0;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      chunks++;
      bytes += chunk.byteLength;
    }
    expect(chunks).toBeGreaterThan(10);
    expect(bytes / 2 / 24_000).toBeGreaterThan(60);
    expect(response.headers.get("X-Syrinx-Release")).toBe("piper@1.0.0+en_US-slt-tiny@1.0.0");
    expect(response.headers.get("X-Request-Id")).toBeString();
  });

  test("gets an error object that it understands", async () => {
    const client = new OpenAI({ baseURL: `${engine.url}/v1`, apiKey: "none", maxRetries: 0 });
    const failed = client.audio.speech.create({ model: "tts-1", voice: "nobody", input: "Hello." });
    expect(await failed.catch((error: unknown) => error)).toMatchObject({
      status: 404,
      code: "voice-not-found",
      param: "voice",
    });
  });

  test("lists the models", async () => {
    const client = new OpenAI({ baseURL: `${engine.url}/v1`, apiKey: "none" });
    const ids = (await client.models.list()).data.map(({ id }) => id);
    expect(ids).toContain("slt");
    expect(ids).toContain("piper");
    expect(await engine.get<OpenAiModelList>("/v1/models")).toMatchObject({ object: "list" });
  });
});

describe("voices", () => {
  test("are listed with their speakers and aliases, in the shape that every client reads", async () => {
    const list = await engine.get<VoiceList>("/v1/audio/voices");
    expect(list.voices).toEqual(list.data);
    expect(list.voices.map(({ id }) => id).sort()).toEqual([
      "beep",
      "beep/high",
      "beep/low",
      "duo",
      "duo/rms",
      "duo/slt",
      "rms",
      "slt",
    ]);
    expect(list.voices.find(({ id }) => id === "slt")).toMatchObject({
      language: "en-US",
      default: true,
      aliases: expect.arrayContaining(["alloy"]),
    });
  });

  test("can be requested as OpenAI's object, by model, and by speaker of the model", async () => {
    const voiceOf = async (body: object) =>
      (await say({ input: "Hi there.", response_format: "pcm", ...body })).headers.get("X-Syrinx-Voice");
    expect(await voiceOf({ voice: { id: "rms" } })).toBe("rms");
    expect(await voiceOf({ model: "beep" })).toBe("beep");
    expect(await voiceOf({ model: "duo", voice: "rms" })).toBe("rms");
    expect(await voiceOf({ model: "beep", voice: "high" })).toBe("beep/high");
    expect(await voiceOf({})).toBe("slt");
  });

  test("that do not exist are refused by name, speakers too", async () => {
    expect((await refused({ input: "Hello.", voice: "nobody" }, 404)).message).toContain("slt");
    expect((await refused({ input: "Hello.", voice: "duo/nobody" }, 404)).message).toContain("duo/rms");
    const unknown = await refused({ input: "Hello.", model: "whisper-1" }, 404);
    expect([unknown.message, unknown.param]).toEqual([expect.stringContaining("tts-1"), "model"]);
  });
});

describe("a request that is wrong", () => {
  test("is answered with what is wrong, and disturbs nothing", async () => {
    expect((await refused("{not json", 400)).code).toBe("body-invalid");
    expect((await refused({ voice: "slt" }, 400)).message).toContain('"input" is missing');
    expect((await refused({ input: "Hello.", speed: 9 }, 400)).param).toBe("speed");
    expect((await refused({ input: " ... !" }, 400)).code).toBe("text-empty");
    expect((await refused({ input: "Hello.", sinks: ["cellar"] }, 404)).message).toContain("archive");
    expect((await refused({ input: "a ".repeat(60_000) }, 400)).code).toBe("text-too-long");
    expect((await refused({ input: "a".repeat(1024 * 1024) }, 413)).code).toBe("body-too-large");
    expect((await sayWav({ input: BOSTON })).seconds).toBeGreaterThan(1);
  });
});

describe("sinks", () => {
  test("store the whole utterance that names them, and leave no half-written file", async () => {
    const spoken = await sayWav({ input: BOSTON, voice: "beep", sinks: ["archive"] });
    const line = await engine.logged("kept as ");
    const path = (JSON.parse(line) as { location: string }).location;
    const kept = parseWav(await Bun.file(path).bytes());
    expect(kept.samples).toEqual(spoken.samples);
    const header = new DataView(await Bun.file(path).arrayBuffer());
    expect(header.getUint32(40, true)).toBe(kept.samples.length * 2);
    const left = await readdir(engine.home, { recursive: true });
    expect(left.filter((name) => name.endsWith(".part") || name.startsWith("spool/"))).toEqual([]);
  });
});

describe("a listener", () => {
  const inHand = async () => (await engine.get<Status>("/control/status")).counts.utterancesActive;

  test("who goes away cancels the utterance", async () => {
    const leaving = new AbortController();
    const response = await engine.post(
      "/v1/audio/speech",
      { input: SENTENCES.repeat(20) },
      { signal: leaving.signal },
    );
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    expect(await inHand()).toBeGreaterThan(0);
    leaving.abort();
    await reader.closed.catch(() => {});
    await until("no utterance is active", inHand, { is: (count) => count === 0 });
    const slot = await engine.slot("voices.slt");
    expect(slot.instances[0]?.inflight).toBe(0);
  });

  test("who reads slowly holds up nobody else", async () => {
    const slow = await Promise.all(
      Array.from({ length: 4 }, () => say({ input: SENTENCES.repeat(10), response_format: "wav" })),
    );
    for (let i = 0; i < 5; i++) expect((await sayWav({ input: BOSTON })).seconds).toBeGreaterThan(1);
    await Promise.all(slow.map((response) => response.body?.cancel()));
    await until("no utterance is active", inHand, { is: (count) => count === 0 });
  });
});

describe("the queue", () => {
  test("has a limit: requests above it get 429 and Retry-After, and the rest is spoken", async () => {
    await using small = await EngineProcess.start({ config: { ...SLT_ONLY, speech: { maxQueue: 2 } } });
    const bodies = Array.from({ length: 12 }, () =>
      small.post("/v1/audio/speech", { input: SENTENCES, response_format: "pcm" }),
    );
    const responses = await Promise.all(bodies);
    const statuses = responses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    for (const response of responses) {
      if (response.status === 429) expect(response.headers.get("Retry-After")).toBe("1");
      await response.bytes();
    }
  });
});
