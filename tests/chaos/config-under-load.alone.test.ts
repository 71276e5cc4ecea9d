import { expect, test } from "bun:test";
import { rename, writeFile } from "node:fs/promises";
import type { Status, SwapList } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { parseWav } from "../support/wav.ts";

/** The long form: SYRINX_CHANGES_SECONDS=60 bun test tests/chaos/config-under-load.alone.test.ts */
const SECONDS = Number(process.env.SYRINX_CHANGES_SECONDS ?? 5);
const CLIENTS = 8;
const EVERY_MS = 100;
const LONG_MS = 60_000 + SECONDS * 3_000;
const SLOT = "voices.tone";
const TEXTS = [
  "Yes.",
  "The birch canoe slid on the smooth planks.",
  "First one sentence. Then another one. And then a third, which is the last of them.",
];

/** No two of forty in a row are the same. */
const paceOf = (change: number) => 20 + (change % 40);

function config(millisecondsPerCharacter: number) {
  const tone = { plugin: "tone", settings: { millisecondsPerCharacter } };
  return { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, tone } };
}

function paceIn(settings: object | undefined): number | undefined {
  return (settings as { millisecondsPerCharacter?: number } | undefined)?.millisecondsPerCharacter;
}

/** @returns how long it was, and which generation spoke */
async function say(engine: EngineProcess, input: string) {
  const response = await engine.post("/v1/audio/speech", { input, response_format: "wav" });
  if (!response.ok) throw new Error(`status ${response.status}: ${await response.text()}`);
  const generation = Number(response.headers.get("X-Syrinx-Generation"));
  return { generation, seconds: parseWav(await response.bytes()).seconds };
}

test(
  `settings that change every ${EVERY_MS} ms for ${SECONDS} s fail no request, and each utterance keeps the settings that it began with`,
  async () => {
    await using engine = await EngineProcess.start({ config: config(paceOf(0)) });
    const [{ pid } = { pid: 0 }] = (await engine.slot(SLOT)).instances;
    // What a text lasts is proportional to the setting, so that one recording tells what all others have to be.
    const unit = new Map<string, number>();
    for (const text of TEXTS) unit.set(text, (await say(engine, text)).seconds / paceOf(0));

    let over = false;
    const heard: { text: string; generation: number; seconds: number }[] = [];
    const clients = Array.from({ length: CLIENTS }, async (_, own) => {
      for (let n = own; !over; n++) {
        const text = TEXTS[n % TEXTS.length]!;
        heard.push({ text, ...(await say(engine, text)) });
      }
    });
    const changes = Math.round((SECONDS * 1000) / EVERY_MS);
    for (let change = 1; change <= changes; change++) {
      const paced = Bun.sleep(EVERY_MS);
      await writeFile(`${engine.configFile}.new`, JSON.stringify(config(paceOf(change))));
      await rename(`${engine.configFile}.new`, engine.configFile);
      await paced;
    }
    // The last one is taken, and no other comes after it.
    const last = paceOf(changes);
    await engine.slotUntil(SLOT, ({ running }) => paceIn(running?.settings) === last);
    over = true;
    await Promise.all(clients);

    const pace = new Map<number, number>();
    for (let before = ""; ;) {
      const page = await engine.get<SwapList>(`/control/swaps?slot=${SLOT}${before}`);
      for (const { generation, to } of page.swaps)
        if (generation !== undefined) pace.set(generation, paceIn(to!.settings)!);
      if (page.before === undefined) break;
      before = `&before=${page.before}`;
    }
    const wrong = heard.filter(
      ({ text, generation, seconds }) => Math.abs(seconds - unit.get(text)! * pace.get(generation)!) > 0.001,
    );
    expect(wrong).toEqual([]);
    // It was a load, the changes took effect one after the other, and no process was started for any of them.
    expect(heard.length).toBeGreaterThan(SECONDS * CLIENTS);
    expect(new Set(heard.map(({ generation }) => generation)).size).toBeGreaterThan(changes / 4);
    expect((await engine.slot(SLOT)).instances.map((one) => one.pid)).toEqual([pid]);
    const { config: present, counts } = await engine.get<Status>("/control/status");
    expect(present.version).toBeGreaterThan(changes / 2);
    expect(counts.utterancesFailed).toBe(0);
  },
  LONG_MS,
);
