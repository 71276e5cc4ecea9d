import { describe, expect, test } from "bun:test";
import { atRate, type Sound } from "../../../../core/speech/sound.ts";
import { toneHz } from "../../../support/tone.ts";

const HERTZ = 500;

/** A second of a tone, in chunks of 100 ms. */
async function* tone(sampleRate: number): AsyncGenerator<Sound> {
  const voice = { sampleRate, loudness: -sampleRate };
  const length = sampleRate / 10;
  for (let at = 0; at < sampleRate; at += length) {
    const samples = Float32Array.from({ length }, (_, i) =>
      Math.sin((2 * Math.PI * HERTZ * (at + i)) / sampleRate),
    );
    yield { samples, voice };
  }
}

async function* oneAfterAnother(...rates: number[]): AsyncGenerator<Sound> {
  for (const rate of rates) yield* tone(rate);
}

describe("sound at one sample rate", () => {
  test("is passed on as it is when the voice has that rate", async () => {
    const [as, was] = [
      await Array.fromAsync(atRate(tone(16_000), 16_000)),
      await Array.fromAsync(tone(16_000)),
    ];
    expect(as).toEqual(was);
  });

  test("keeps its length and pitch when a voice of another rate goes on", async () => {
    const rates = [16_000, 24_000, 8000, 22_050, 16_000];
    const sounds = await Array.fromAsync(atRate(oneAfterAnother(...rates), 16_000));
    const heard = sounds.flatMap(({ samples, voice }) => [...samples].map((sample) => ({ sample, voice })));
    expect(heard.length).toBe(rates.length * 16_000);
    for (const [index, rate] of rates.entries()) {
      const second = heard.slice(index * 16_000, (index + 1) * 16_000);
      // Each voice's samples are its own from the first to the last.
      expect(new Set(second.map(({ voice }) => voice.sampleRate))).toEqual(new Set([rate]));
      const samples = Float32Array.from(second, ({ sample }) => sample);
      expect(toneHz({ samples, sampleRate: 16_000 })).toBeCloseTo(HERTZ, 0);
    }
  });

  test("is no longer requested when nobody hears the rest", async () => {
    const sounds = tone(24_000);
    for await (const _ of atRate(sounds, 16_000)) break;
    expect((await sounds.next()).done).toBe(true);
  });
});
