import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createEncoder, SAMPLE_RATES } from "../../../../../core/audio/encode/mod.ts";
import { MP3_BIT_RATES } from "../../../../../core/audio/encode/mp3.ts";

function sound(rate: number, seconds: number): Float32Array {
  return Float32Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => 0.4 * Math.sin((2 * Math.PI * 300 * i) / rate),
  );
}

async function encode(rate: number, chunks: Float32Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = await createEncoder("mp3", rate);
  const parts = chunks.map((chunk) => encoder.encode(chunk));
  return new Uint8Array(await new Blob([...parts, encoder.finish()]).arrayBuffer());
}

const KBITS = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const HERTZ = [44_100, 48_000, 32_000];

/** Reads every frame's header, as ISO 11172-3 and 13818-3 have it; throws at the first byte that is in no frame. */
function readFrames(bytes: Uint8Array) {
  const frames: { sampleRate: number; kbits: number; samples: number; channels: number }[] = [];
  for (let at = 0; at < bytes.length;) {
    const [sync = 0, kind = 0, rates = 0, mode = 0] = bytes.subarray(at, at + 4);
    if (sync !== 0xff || (kind & 0xe6) !== 0xe2)
      throw new Error(`No layer III frame at byte ${at} of ${bytes.length}`);
    const divisor = { 3: 1, 2: 2, 0: 4 }[(kind >> 3) & 3]!;
    const kbits = KBITS[divisor === 1 ? 1 : 2][rates >> 4]!;
    const sampleRate = HERTZ[(rates >> 2) & 3]! / divisor;
    const samples = divisor === 1 ? 1152 : 576;
    frames.push({ sampleRate, kbits, samples, channels: mode >> 6 === 3 ? 1 : 2 });
    at += Math.floor(((samples / 8) * kbits * 1000) / sampleRate) + ((rates >> 1) & 1);
    if (at > bytes.length) throw new Error(`The last frame lacks ${at - bytes.length} bytes`);
  }
  return frames;
}

describe.each([...SAMPLE_RATES])("at %d Hz", (rate) => {
  test("a stream is whole frames of the rate and bit rate promised, and as long as the sound", async () => {
    const frames = readFrames(await encode(rate, [sound(rate, 2)]));
    for (const frame of frames) {
      expect(frame).toMatchObject({ sampleRate: rate, channels: 1, kbits: MP3_BIT_RATES[rate as 8000] });
    }
    const samples = frames.reduce((sum, frame) => sum + frame.samples, 0);
    // The codec's own delay, and what fills the last frame.
    expect(samples).toBeGreaterThanOrEqual(2 * rate);
    expect(samples).toBeLessThanOrEqual(2 * rate + 3 * 1152);
  });
});

test("it says what it is", async () => {
  expect(await createEncoder("mp3", 16_000)).toMatchObject({ contentType: "audio/mpeg", sampleRate: 16_000 });
});

test("how the samples are handed over makes no difference", async () => {
  const samples = sound(16_000, 0.7);
  const whole = await encode(16_000, [samples]);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(samples.length), { maxLength: 8 }), async (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), samples.length];
      const chunks = edges.slice(1).map((end, i) => samples.subarray(edges[i], end));
      expect(await encode(16_000, chunks)).toEqual(whole);
    }),
    { numRuns: 20 },
  );
});

test("two streams, one after the other, are a stream", async () => {
  const one = await encode(24_000, [sound(24_000, 0.5)]);
  const frames = readFrames(Uint8Array.from([...one, ...one]));
  expect(frames).toHaveLength(2 * readFrames(one).length);
});

test("a stream without samples is valid: a few frames of silence at the promised rate", async () => {
  const frames = readFrames(await encode(24_000, []));
  expect(frames.length).toBeWithin(1, 4);
  for (const frame of frames) expect(frame).toMatchObject({ sampleRate: 24_000, channels: 1 });
});

test("bytes come within a tenth of a second of sound", async () => {
  const encoder = await createEncoder("mp3", 16_000);
  expect(encoder.encode(sound(16_000, 0.1)).length).toBeGreaterThan(0);
});

test("encoders at work at the same time do not mix", async () => {
  const [a, b] = [await createEncoder("mp3", 16_000), await createEncoder("mp3", 16_000)];
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < 16_000; at += 1000) {
    parts.push(a.encode(sound(16_000, 1).subarray(at, at + 1000)));
    b.encode(new Float32Array(1000).fill(0.9));
  }
  const mixed = new Uint8Array(await new Blob([...parts, a.finish()]).arrayBuffer());
  expect(mixed).toEqual(await encode(16_000, [sound(16_000, 1)]));
});

test("any number of encoders at work at the same time give the same as one alone", async () => {
  const rates = [8000, 16_000, 24_000, 48_000];
  const streams = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const rate = rates[index % rates.length]!;
      const samples = sound(rate, 0.4).map((sample) => sample * (index / 40));
      return { rate, samples, encoder: await createEncoder("mp3", rate), parts: [] as Uint8Array[] };
    }),
  );
  const turns = 8;
  for (let turn = 0; turn < turns; turn++) {
    for (const { samples, encoder, parts } of streams) {
      const edge = (at: number) => Math.round((at * samples.length) / turns);
      parts.push(encoder.encode(samples.subarray(edge(turn), edge(turn + 1))));
    }
  }
  for (const { rate, samples, encoder, parts } of streams) {
    const mixed = Buffer.concat([...parts, encoder.finish()]);
    expect(mixed.equals(await encode(rate, [samples]))).toBeTrue();
  }
});

test("what was returned is not overwritten by what comes next", async () => {
  const encoder = await createEncoder("mp3", 16_000);
  const first = encoder.encode(sound(16_000, 1));
  const before = first.slice();
  encoder.encode(new Float32Array(16_000).fill(0.5));
  expect(first).toEqual(before);
  const last = encoder.finish();
  const end = last.slice();
  await encode(16_000, [sound(16_000, 1)]);
  expect(last).toEqual(end);
});

test("not-a-number is silence, and too loud is clipped", async () => {
  const bad = Float32Array.from({ length: 8000 }, (_, i) => [NaN, Infinity, -7][i % 3]!);
  const good = Float32Array.from({ length: 8000 }, (_, i) => [0, 1, -1][i % 3]!);
  expect(await encode(16_000, [bad])).toEqual(await encode(16_000, [good]));
});

test("a stream cannot go on after its end", async () => {
  const encoder = await createEncoder("mp3", 16_000);
  encoder.finish();
  expect(() => encoder.encode(new Float32Array(1))).toThrow("finished");
  expect(() => encoder.finish()).toThrow("finished");
});

test("a rate that MP3 does not have is refused by name", async () => {
  await expect(createEncoder("mp3", 20_000)).rejects.toMatchObject({ code: "format-unsupported" });
});

/** Runs code in a process of its own, whose memory nothing else has touched; `growth` is what it writes, in bytes. */
async function growth(work: string): Promise<number> {
  const encode = new URL("../../../../../core/audio/encode/mod.ts", import.meta.url).href;
  const code = `
    import { createEncoder } from "${encode}";
    const samples = new Float32Array(2400);
    async function give(count) {
      for (let i = 0; i < count; i++) { ${work} }
      Bun.gc(true);
      return process.memoryUsage.rss();
    }
    const before = await give(100);
    console.log((await give(1000)) - before);`;
  await using child = Bun.spawn([process.execPath, "-e", code], { stdout: "pipe", stderr: "inherit" });
  return Number((await child.stdout.text()).trim() || Number.NaN);
}

// A thousand that are kept would be 600 MB.
test("1,000 encoders given up half-way leave nothing behind", async () => {
  expect(await growth(`(await createEncoder("mp3", 24_000)).encode(samples);`)).toBeLessThan(60e6);
}, 30_000);

test("nor do 1,000 that finish", async () => {
  const work = `const encoder = await createEncoder("mp3", 24_000); encoder.encode(samples); encoder.finish();`;
  expect(await growth(work)).toBeLessThan(30e6);
}, 30_000);

test("40 streams at once need three instances of LAME, and no more later", async () => {
  const encode = new URL("../../../../../core/audio/encode/mod.ts", import.meta.url).href;
  const code = `
    import { createEncoder } from "${encode}";
    let instances = 0;
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = (...args) => (instances++, instantiate(...args));
    for (let round = 0; round < 5; round++) {
      const encoders = await Promise.all(Array.from({ length: 40 }, () => createEncoder("mp3", 24_000)));
      for (const encoder of encoders) encoder.encode(new Float32Array(2400));
      // In another order than they were made.
      for (const encoder of encoders.sort(() => Math.random() - 0.5)) encoder.finish();
      console.log(instances);
    }`;
  await using child = Bun.spawn([process.execPath, "-e", code], { stdout: "pipe", stderr: "inherit" });
  const counts = (await child.stdout.text()).trim().split("\n").map(Number);
  expect(counts).toEqual([3, 3, 3, 3, 3]);
}, 30_000);

test("an encoder that is used again has nothing left of the stream before", async () => {
  const first = await encode(16_000, [sound(16_000, 0.5)]);
  await encode(48_000, [new Float32Array(9000).fill(0.9)]);
  expect(await encode(16_000, [sound(16_000, 0.5)])).toEqual(first);
});
