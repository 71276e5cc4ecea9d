import { expect, test } from "bun:test";
import { EngineProcess } from "../support/engine-process.ts";
import { addPlugin } from "../support/releases.ts";

/** Speaks a tone; a segment that says so fails half-way. */
const FRAIL = `import { voice } from "syrinx/sdk";
export default voice({
  load: () => ({
    sampleRate: 16000,
    speakers: [{ id: "frail", language: "en" }],
    device: "cpu",
    async *speak({ text }) {
      yield Float32Array.from({ length: 16000 }, (_, i) => 0.2 * Math.sin(i / 5));
      if (text.includes("fail")) throw new Error("the voice broke");
    },
  }),
});`;

function startFrail(): Promise<EngineProcess> {
  return EngineProcess.start({
    prepare: async (home) => void (await addPlugin(home, { name: "frail", version: "1.0.0" }, FRAIL)),
    config: { voices: { frail: { plugin: "frail" } } },
  });
}

test("an utterance that cannot be finished breaks the connection: it never ends as a complete 200", async () => {
  await using engine = await startFrail();
  const response = await engine.post("/v1/audio/speech", {
    input: "All is well. Here I fail. This is never heard.",
    voice: "frail",
  });
  expect(response.status).toBe(200);
  expect(
    await response.bytes().then(
      () => "whole",
      () => "broken",
    ),
  ).toBe("broken");
  expect(await engine.logged("the voice broke")).toContain("an utterance failed");
  // Nothing else than the log is on stderr, and the engine speaks on.
  for (const line of engine.log.filter(Boolean)) JSON.parse(line);
  expect((await engine.post("/v1/audio/speech", { input: "All is well.", voice: "frail" })).status).toBe(200);
});

test("an event stream that cannot be finished ends with an error event", async () => {
  await using engine = await startFrail();
  const body = {
    input: "All is well. Here I fail.",
    voice: "frail",
    stream_format: "sse",
    response_format: "pcm",
  };
  const text = await (await engine.post("/v1/audio/speech", body)).text();
  const events = text
    .split("\n\n")
    .filter(Boolean)
    .map((event) => JSON.parse(event.slice("data: ".length)) as { type: string });
  expect(events[0]?.type).toBe("speech.audio.delta");
  expect(events.at(-1)).toMatchObject({
    type: "error",
    error: { message: "the voice broke", type: "server_error", code: "plugin-failed" },
  });
});

test("an error before the first sound is a response with an error status", async () => {
  await using engine = await EngineProcess.start({
    prepare: async (home) =>
      void (await addPlugin(
        home,
        { name: "frail", version: "1.0.0" },
        FRAIL.replace(
          "yield Float32Array",
          'if (text.includes("fail")) throw new Error("the voice broke");\n      yield Float32Array',
        ),
      )),
    config: { voices: { frail: { plugin: "frail" } } },
  });
  const response = await engine.post("/v1/audio/speech", { input: "I fail at once.", voice: "frail" });
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({
    error: { code: "plugin-failed", message: "the voice broke" },
  });
});
