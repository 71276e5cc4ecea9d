import { afterAll, beforeAll, expect, test } from "bun:test";
import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { EngineProcess, ROOT, TONE_ONLY } from "../support/engine-process.ts";
import { EventReader } from "../support/event-reader.ts";

const FIXTURE = join(ROOT, "tests/fixtures/plugins/mute-dialer");
/** More than most systems let a process have open. */
const CONNECTIONS = 5_000;
/** How many descriptors of the core one plugin may take: its connections, and what a process needs besides. */
const MOST_DESCRIPTORS = 128 + 20;

let page: Bun.Server<undefined>;

beforeAll(() => {
  page = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response("welcome") });
});

afterAll(() => page.stop(true));

async function descriptorsOf({ pid }: EngineProcess): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length;
}

test("a plugin that opens 5,000 mute connections takes few descriptors of the core, and another plugin reaches its page", async () => {
  const url = `http://127.0.0.1:${page.port}/`;
  const voice = (connections: number) => ({ plugin: "mute-dialer", settings: { url, connections } });
  const config = {
    ...TONE_ONLY,
    plugins: { grants: { "mute-dialer": { net: ["$SETTINGS.url"] } } },
    voices: { ...TONE_ONLY.voices, honest: voice(0) },
  };
  await using engine = await EngineProcess.start({
    prepare: (home) => cp(FIXTURE, join(home, "plugins/mute-dialer"), { recursive: true }),
    config,
  });
  await using events = await EventReader.open(engine.url);
  const before = await descriptorsOf(engine);
  const saved = await engine.save({ ...config, voices: { ...config.voices, greedy: voice(CONNECTIONS) } });
  expect(saved).toContain("config version");
  const { notes } = await engine.slot("voices.greedy");
  expect(notes).toEqual(["dialled"]);
  expect((await descriptorsOf(engine)) - before).toBeLessThan(MOST_DESCRIPTORS);
  const told = await events.until(({ kind }) => kind === "refusal");
  expect(told).toMatchObject({
    slot: "voices.greedy",
    reason: "The plugin has 128 connections, and may not have more",
  });
  expect((await engine.post("/control/slots/voices.honest/reload")).status).toBe(200);
  expect((await engine.slot("voices.honest")).notes).toEqual(["welcome"]);
  expect(events.events.filter(({ kind }) => kind === "refusal")).toHaveLength(1);
});
