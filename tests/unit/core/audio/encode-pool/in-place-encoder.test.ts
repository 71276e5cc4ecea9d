import { expect, spyOn, test } from "bun:test";
import { AudioEncoder } from "../../../../../core/audio/audio-encoder.ts";
import { InPlaceEncoder } from "../../../../../core/audio/encode-pool/in-place-encoder.ts";

const RATE = 16_000;

test("streams that are encoded at once hold the event loop together no longer than one", async () => {
  // Each look at the clock takes a millisecond, so that the machine makes no difference.
  let ms = 0;
  const clock = spyOn(performance, "now").mockImplementation(() => ++ms);
  try {
    let inTurn = 0;
    let most = 0;
    let left = 16;
    const stream = async () => {
      const encoder = new InPlaceEncoder(await AudioEncoder.create("pcm", RATE, RATE));
      for await (const bytes of encoder.encode(new Float32Array(5 * RATE))) {
        inTurn += bytes.length > 0 ? 1 : 0;
        most = Math.max(most, inTurn);
      }
      left--;
    };
    const all = Promise.all(Array.from({ length: 16 }, stream));
    while (left > 0) {
      await new Promise<void>((resume) => setImmediate(resume));
      inTurn = 0;
    }
    await all;
    expect(most).toBeWithin(1, 5);
  } finally {
    clock.mockRestore();
  }
});
