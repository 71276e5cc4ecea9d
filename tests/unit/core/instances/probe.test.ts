import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LoudnessMeter } from "../../../../core/audio/mod.ts";
import { findFault, type LoadedVoice, probeVoice } from "../../../../core/instances/probe.ts";
import type { SpeakParams } from "../../../../schemas/generated/hooks.ts";

const RATE = 16_000;
const TEXT = "1, 2, 3, 4.";

/** @returns a sine of `seconds` at `gain`, cut off at full scale as a sound card would */
function sine(seconds: number, gain = 0.3): Float32Array {
  return Float32Array.from({ length: seconds * RATE }, (_, i) =>
    Math.max(-1, Math.min(1, gain * Math.sin((2 * Math.PI * 220 * i) / RATE))),
  );
}

function faultOf(...chunks: Float32Array[]): string | undefined {
  return findFault(chunks, RATE, TEXT);
}

describe("a probe", () => {
  test("is passed by speech of a plain length and level, in one piece or in many", () => {
    expect(faultOf(sine(1))).toBeUndefined();
    const cuts = fc.array(fc.nat({ max: RATE }), { maxLength: 8 });
    fc.assert(
      fc.property(cuts, (places) => {
        const ends = [...places, RATE].sort((a, b) => a - b);
        const whole = sine(1);
        expect(
          faultOf(...ends.map((end, index) => whole.subarray(ends[index - 1] ?? 0, end))),
        ).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });

  test("is failed by no audio at all", () => {
    expect(faultOf()).toBe("no audio");
    expect(faultOf(new Float32Array(0))).toBe("no audio");
  });

  test("is failed by silence, however long, and by what nobody could hear", () => {
    expect(faultOf(new Float32Array(RATE))).toBe("silence");
    expect(faultOf(sine(1, 0.0005))).toBe("silence");
  });

  test("is failed by one sample that is no number", () => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const audio = sine(1);
      audio[7] = bad;
      expect(faultOf(audio)).toContain("NaN or infinite");
    }
  });

  test("is failed by audio that is cut off at full scale, and not by a peak that touches it", () => {
    expect(faultOf(sine(1, 3))).toMatch(/^clipped audio \(7\d % at full scale\)$/);
    const peaks = sine(1, 0.5);
    peaks.fill(1, 0, 100);
    expect(faultOf(peaks)).toBeUndefined();
  });

  test("is failed by audio that is absurdly long or short for its text", () => {
    expect(faultOf(sine(30))).toBe("30.0 s of audio, which is absurdly long");
    expect(faultOf(sine(0.01))).toBe("10 ms of audio, which is absurdly short");
    expect(findFault([sine(0.2)], RATE, "")).toBeUndefined();
  });
});

/** A voice with the speakers `s0`, `s1`... Each is louder than the one before, except `silent`. */
function voiceOf(speakers: number, { silent, probe }: { silent?: string; probe?: string } = {}) {
  const asked: SpeakParams[] = [];
  const ids = Array.from({ length: speakers }, (_, index) => `s${index}`);
  const gainOf = (id: string) => (id === silent ? 0 : 0.05 + 0.0137 * ids.indexOf(id));
  const voice: LoadedVoice = {
    binding: { model: { manifest: { ...(probe !== undefined && { probe }) } } },
    loaded: { sampleRate: RATE, speakers: ids.map((id) => ({ id, language: "en" })) },
    async *speak(params) {
      asked.push(params);
      yield sine(1, gainOf(params.speaker ?? "s0"));
    },
  };
  const exactly = (id: string) => {
    const meter = new LoudnessMeter(RATE);
    meter.push(sine(1, gainOf(id)));
    return meter.integrated() ?? Number.NaN;
  };
  return { voice, asked, exactly };
}

describe("probeVoice", () => {
  test("measures each speaker, rounded to 0.1 LU", async () => {
    const { voice, exactly } = voiceOf(3);
    const heard = await probeVoice(voice);
    expect([...heard.keys()]).toEqual(["s0", "s1", "s2"]);
    for (const [id, loudness] of heard) {
      expect(Math.abs(loudness - exactly(id))).toBeLessThanOrEqual(0.05);
      expect(String(loudness)).toMatch(/^-\d+(\.\d)?$/);
    }
  });

  test("probes eight speakers at most", async () => {
    const { voice, asked } = voiceOf(300);
    const first = Array.from({ length: 8 }, (_, index) => `s${index}`);
    expect([...(await probeVoice(voice)).keys()]).toEqual(first);
    // The first one speaks if none is named.
    expect(asked.map(({ speaker }) => speaker ?? "s0")).toEqual(first);
  });

  test("uses the probe sentence of the model, or else digits, which are read in every language", async () => {
    const own = voiceOf(1, { probe: "Is this a voice, and is it loud?" });
    const other = voiceOf(1);
    await probeVoice(own.voice);
    await probeVoice(other.voice);
    expect(own.asked).toEqual([{ text: "Is this a voice, and is it loud?", speed: 1 }]);
    expect(other.asked).toEqual([{ text: "1, 2, 3, 4.", speed: 1 }]);
  });

  test("rejects if one of the speakers is silent, and names it", async () => {
    await expect(probeVoice(voiceOf(3, { silent: "s1" }).voice)).rejects.toMatchObject({
      code: "probe-failed",
      message: `Cannot use this voice's speaker s1: for the probe sentence "1, 2, 3, 4." it gave silence`,
    });
  });

  test("stops to listen when there is too much audio for the sentence, and does not measure that", async () => {
    let seconds = 0;
    const { voice } = voiceOf(1);
    const endless: LoadedVoice = {
      ...voice,
      async *speak() {
        for (;;) {
          seconds++;
          yield sine(1);
        }
      },
    };
    await expect(probeVoice(endless)).rejects.toMatchObject({
      message: expect.stringContaining("18.0 s of audio, which is absurdly long"),
    });
    expect(seconds).toBe(18);
  });

  test("lets others have their turn while it measures a long piece", async () => {
    const { voice } = voiceOf(1);
    const inOne: LoadedVoice = {
      ...voice,
      async *speak() {
        yield sine(15);
      },
    };
    let turns = 0;
    let over = false;
    const count = () => {
      turns++;
      if (!over) setImmediate(count);
    };
    setImmediate(count);
    await probeVoice(inOne);
    over = true;
    expect(turns).toBeGreaterThanOrEqual(10);
  });
});
