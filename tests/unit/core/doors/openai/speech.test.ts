import { expect, test } from "bun:test";
import { createApp } from "../../../../../core/api/app.ts";
import { ActivityTracker } from "../../../../../core/api/mod.ts";
import { systemClock } from "../../../../../core/clock.ts";
import { speechRoutes } from "../../../../../core/doors/openai/speech.ts";
import type { Speech, Spoken } from "../../../../../core/speech/mod.ts";
import { silentLog } from "../../../../support/silent-log.ts";

/** Asks for speech that has begun, and says how often its end was reached. */
async function ask(format: object) {
  const seen = { ended: 0 };
  async function* speaking() {
    try {
      for (;;) yield new Uint8Array(16);
    } finally {
      seen.ended++;
    }
  }
  const spoken: Spoken = {
    voice: "a",
    release: "a@1.0.0",
    generation: 1,
    contentType: "audio/wav",
    audio: speaking(),
  };
  const speech = { speak: () => Promise.resolve(spoken) } as unknown as Speech;
  const app = createApp({
    operations: speechRoutes(speech, new ActivityTracker(systemClock)),
    access: () => ({ tokens: [], allowedOrigins: [], publicVoices: false, loopback: true }),
    activity: new ActivityTracker(systemClock),
    version: "1.0.0",
    log: silentLog(),
  });
  const response = await app.request("/v1/audio/speech", {
    method: "POST",
    headers: { host: "127.0.0.1" },
    body: JSON.stringify({ input: "Hello.", response_format: "wav", ...format }),
  });
  return { seen, response };
}

test.each([[{}], [{ stream_format: "sse" }]])(
  "a client who leaves before anything is sent gives their place at the voice back: %j",
  async (format) => {
    const { seen, response } = await ask(format);
    await response.body!.cancel();
    expect(seen.ended).toBe(1);
  },
);

test("a client who goes in the middle gives their place at the voice back", async () => {
  const { seen, response } = await ask({});
  const reader = response.body!.getReader();
  await reader.read();
  await reader.cancel();
  expect(seen.ended).toBe(1);
});
