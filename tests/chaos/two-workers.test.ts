import { expect, test } from "bun:test";
import { EngineProcess } from "../support/engine-process.ts";

const STILL = { noiseScale: 0, noiseW: 0 };
const TWO_WORKERS = { voices: { slt: { settings: { ...STILL, workers: 2 } } } };
const LISTENERS = 4;

/** @returns a text of 12 sentences that no other listener has */
function textFor(listener: number): string {
  return Array.from({ length: 12 }, (_, n) => `Listener ${listener} hears sentence number ${n}.`).join(" ");
}

test("all who listen when a voice dies that speaks two sentences at once hear their whole texts", async () => {
  await using engine = await EngineProcess.start({ config: TWO_WORKERS });
  const listen = (n: number) =>
    engine.post("/v1/audio/speech", { input: textFor(n), voice: "slt", response_format: "wav" });
  const all = Array.from({ length: LISTENERS }, (_, n) => n);
  const whole = await Promise.all(all.map(async (n) => Bun.hash(await (await listen(n)).bytes())));

  const begun = await Promise.all(
    all.map(async (n) => {
      const reader = ((await listen(n)).body as ReadableStream<Uint8Array>).getReader();
      return { reader, heard: [(await reader.read()).value as Uint8Array] };
    }),
  );
  const { instances, generation } = await engine.slot("voices.slt");
  process.kill(instances[0]?.pid ?? 0, "SIGKILL");
  const heard = await Promise.all(
    begun.map(async ({ reader, heard }) => {
      for (let next = await reader.read(); !next.done; next = await reader.read()) heard.push(next.value);
      return Bun.hash(Buffer.concat(heard));
    }),
  );
  expect(heard).toEqual(whole);
  expect(await engine.slot("voices.slt")).toMatchObject({ restarts: 1, generation });
});
