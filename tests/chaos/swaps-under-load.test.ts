import { expect, test } from "bun:test";
import { EngineProcess } from "../support/engine-process.ts";
import { childrenOf, isRunning } from "../support/processes.ts";
import { addSecondVersions, PIPER_GRANTS } from "../support/releases.ts";

const SWAPS = 30;
const CLIENTS = 16;
/** A swap takes half a second on an idle machine of 2 cores; on a busy one it may take several. */
const LONG_MS = 300_000;
const TEXTS = [
  "Yes.",
  "The birch canoe slid on the smooth planks.",
  "First one sentence. Then another one. And then a third, which is the last of them.",
];
// Without noise a generation gives the same bytes for the same text, so bytes tell whether another one had a part in it.
const STILL = { noiseScale: 0, noiseW: 0 };
const CHANGES = [
  { model: "en_US-slt-tiny@1.1.0" },
  { plugin: "piper@1.1.0" },
  { settings: { ...STILL, lengthScale: 0.9 } },
  { model: "en_US-slt-tiny@1.0.0" },
  { plugin: "piper@1.0.0" },
  { settings: STILL },
];

test(
  `${SWAPS} swaps of plugin, model and settings under constant load fail no request, and mix no two generations`,
  async () => {
    await using engine = await EngineProcess.start({
      prepare: addSecondVersions,
      config: {
        plugins: { grants: PIPER_GRANTS },
        swap: { parkForMs: 500 },
        voices: { rms: null, slt: { plugin: "piper@1.0.0", model: "en_US-slt-tiny@1.0.0", settings: STILL } },
      },
    });
    const processes = childrenOf(engine.pid).length;
    const heard = new Map<string, Set<string>>();
    const failures: unknown[] = [];
    let requests = 0;
    let over = false;
    const client = async (own: number): Promise<void> => {
      for (let n = own; !over; n++) {
        const input = TEXTS[n % TEXTS.length] ?? "";
        requests++;
        try {
          const body = {
            input,
            voice: "slt",
            response_format: "wav",
            stream_format: n % 5 === 0 ? "sse" : "audio",
          };
          const response = await engine.post("/v1/audio/speech", body);
          const bytes = await response.bytes();
          if (!response.ok || Buffer.from(bytes).includes('"type":"error"')) failures.push(response.status);
          const key = `${response.headers.get("X-Syrinx-Generation")} ${body.stream_format} ${input}`;
          heard.set(
            key,
            (heard.get(key) ?? new Set()).add(Bun.hash(wavOf(bytes, body.stream_format)).toString()),
          );
        } catch (error) {
          failures.push(error);
        }
      }
    };
    const clients = Array.from({ length: CLIENTS }, (_, own) => client(own));
    const stages: string[] = [];
    const retired: number[] = [];
    for (let n = 0; n < SWAPS; n++) {
      retired.push(...(await engine.slot("voices.slt")).instances.map(({ pid }) => pid));
      stages.push((await engine.swap("voices.slt", CHANGES[n % CHANGES.length] ?? {})).stage);
    }
    over = true;
    await Promise.all(clients);
    await engine.slotUntil("voices.slt", ({ instances }) => instances.length === 1);

    expect(stages).toEqual(Array(SWAPS).fill("done"));
    expect(failures).toEqual([]);
    expect(requests).toBeGreaterThan(4 * SWAPS);
    expect([...heard].filter(([, hashes]) => hashes.size > 1).map(([key]) => key)).toEqual([]);
    expect(new Set([...heard.keys()].map((key) => key.split(" ", 1)[0])).size).toBeGreaterThan(SWAPS / 2);
    expect(retired.filter(isRunning)).toEqual([]);
    expect(childrenOf(engine.pid).length).toBe(processes);
  },
  LONG_MS,
);

/** @returns the audio, which the events of an event stream carry in pieces */
function wavOf(bytes: Uint8Array, format: string): Uint8Array {
  if (format === "audio") return bytes;
  const deltas = new TextDecoder().decode(bytes).matchAll(/"audio":"([^"]*)"/g);
  return Buffer.concat([...deltas].map(([, base64]) => Buffer.from(base64 ?? "", "base64")));
}
