import { expect, test } from "bun:test";
import type { ConfigView, SlotList, Status } from "../../schemas/generated/api.ts";
import type { EngineEvent } from "../../schemas/generated/event.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { EventReader } from "../support/event-reader.ts";
import { addPlugin } from "../support/releases.ts";
import { toneHz } from "../support/tone.ts";
import { parseWav } from "../support/wav.ts";

/** Says one thing, and then does what the test wants it to. */
const OTHER = `import { configSource } from "syrinx/sdk";
export default configSource({
  async *watch(_, signal) {
    yield { document: { voices: { tone: { plugin: "tone", settings: { hertz: 600 } } } }, origin: "other" };
    THEN
  },
});`;
const STAY = `await new Promise((done) => signal.addEventListener("abort", done));`;

const NAMED = { ...TONE_ONLY, sources: { other: { plugin: "other" } } };
/** What the file says next. */
const SHORTER = { ...NAMED, speech: { ...TONE_ONLY.speech, maxCharacters: 50 } };

function startWith(then: string): Promise<EngineProcess> {
  return EngineProcess.start({
    prepare: async (home) => {
      const manifest = { name: "other", version: "1.0.0", kind: "config-source" };
      await addPlugin(home, manifest, OTHER.replace("THEN", then));
    },
    config: NAMED,
  });
}

async function heard(engine: EngineProcess): Promise<number> {
  const response = await engine.post("/v1/audio/speech", { input: "How high?", response_format: "wav" });
  return Math.round(toneHz(parseWav(await response.bytes())) / 10) * 10;
}

async function source(engine: EngineProcess) {
  const { config } = await engine.get<Status>("/control/status");
  return config.sources.find(({ name }) => name === "other");
}

/** The processes of the slots beside the source. */
async function beside(engine: EngineProcess) {
  const { slots } = await engine.get<SlotList>("/control/slots");
  const others = slots.filter(({ slot }) => slot !== "sources.other");
  return others.map(({ slot, instances }) => [slot, instances.map(({ pid }) => pid)]);
}

const saidOf =
  (outcome: string, words = "") =>
  (event: EngineEvent): boolean =>
    event.kind === "config" &&
    event.source === "other" &&
    event.outcome === outcome &&
    JSON.stringify(event).includes(words);

test("a source that fails for good leaves its document active, and says why, until it is reloaded", async () => {
  await using engine = await startWith(STAY);
  await using events = await EventReader.open(engine.url, { after: 0 });
  const before = await beside(engine);
  const { version } = await engine.get<ConfigView>("/control/config");
  // As often as is a crash loop.
  for (let last = 0, deaths = 0; deaths < 5; deaths++) {
    const { instances } = await engine.slotUntil(
      "sources.other",
      ({ state, instances: [one] }) => state === "ready" && one !== undefined && one.pid !== last,
    );
    last = instances[0]!.pid;
    process.kill(last, "SIGKILL");
  }
  await events.until(saidOf("rejected", "died 5 times"));
  expect((await engine.slot("sources.other")).state).toBe("failed");
  expect(await source(engine)).toMatchObject({
    state: "rejected",
    problems: [{ message: expect.stringContaining("died 5 times"), origin: "sources.other" }],
  });
  // Nothing else was touched, and what the others say goes on being laid below it.
  expect(await heard(engine)).toBe(600);
  expect((await engine.get<ConfigView>("/control/config")).version).toBe(version);
  expect(await beside(engine)).toEqual(before);
  expect(await engine.save(SHORTER)).toContain("config version");
  expect((await engine.post("/v1/audio/speech", { input: "x".repeat(51) })).ok).toBe(false);
  expect(await heard(engine)).toBe(600);

  expect((await engine.post("/control/slots/sources.other/reload")).status).toBe(200);
  expect((await engine.post("/control/config/reload")).status).toBe(200);
  expect(await source(engine)).toMatchObject({ state: "accepted", problems: [] });
  expect(await heard(engine)).toBe(600);
});

test("a source that sends an invalid document and then fails leaves its last good document active", async () => {
  await using engine = await startWith(`
    yield { document: { voices: { tone: { settings: { hertz: 900 } } }, speech: { defaultVoice: "nobody" } }, origin: "other" };
    throw new Error("the wire was cut");`);
  await using events = await EventReader.open(engine.url, { after: 0 });
  await events.until(saidOf("rejected", "nobody"));
  await events.until(saidOf("rejected", "the wire was cut"));
  const before = await beside(engine);
  expect(await source(engine)).toMatchObject({
    state: "rejected",
    problems: [{ message: "the wire was cut", origin: "sources.other" }],
  });
  expect(await heard(engine)).toBe(600);
  expect(await engine.save(SHORTER)).toContain("config version");
  expect(await heard(engine)).toBe(600);
  expect(await beside(engine)).toEqual(before);
});

test("a source that ends after its document is accepted, and restarted only now and then", async () => {
  await using engine = await startWith(`console.error("has spoken");`);
  await using events = await EventReader.open(engine.url, { after: 0 });
  expect(await heard(engine)).toBe(600);
  // Two changes of the config: time enough to be asked again a thousand times.
  expect(await engine.save(SHORTER)).toContain("config version");
  expect(await engine.save(NAMED)).toContain("config version");
  expect(await source(engine)).toMatchObject({ state: "accepted" });
  expect(events.events.filter(saidOf("rejected"))).toEqual([]);
  expect(engine.log.filter((line) => line.includes("has spoken")).length).toBeLessThan(4);
  // By hand, at once.
  const spoken = engine.logged("has spoken", engine.log.length);
  await engine.post("/control/config/reload");
  await spoken;
});
