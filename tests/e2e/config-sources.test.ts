import { describe, expect, test } from "bun:test";
import type { Status } from "../../schemas/generated/api.ts";
import type { EngineEvent } from "../../schemas/generated/event.ts";
import { ConfigServer } from "../support/config-server.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { EventReader } from "../support/event-reader.ts";
import { addPlugin, addPluginVersion } from "../support/releases.ts";
import { toneHz } from "../support/tone.ts";
import { parseWav } from "../support/wav.ts";

const TOKEN = "s3cret";
/** The token is in no config in clear text. */
const ENV = { CENTRAL_TOKEN: TOKEN };

const beep = (hertz: number) => ({ voices: { tone: { plugin: "tone", settings: { hertz } } } });

function withSources(sources: object, more: object = {}) {
  return { ...TONE_ONLY, ...more, sources };
}

/** @param change of its settings */
function http(server: ConfigServer, change: object = {}) {
  return {
    plugin: "http",
    settings: { url: server.url, token: "${env:CENTRAL_TOKEN}", pollMs: 100, ...change },
  };
}

async function heard(engine: EngineProcess): Promise<number> {
  const response = await engine.post("/v1/audio/speech", { input: "How high?", response_format: "wav" });
  return Math.round(toneHz(parseWav(await response.bytes())) / 10) * 10;
}

async function states(engine: EngineProcess): Promise<string[]> {
  const { config } = await engine.get<Status>("/control/status");
  return config.sources.map(({ name, state }) => `${name} ${state}`);
}

const configEvent =
  (source: string, outcome: string) =>
  (event: EngineEvent): boolean =>
    event.kind === "config" && event.source === source && event.outcome === outcome;

describe("a file, the environment and a server together", () => {
  test("are merged in the order in which they are written, from the first request on", async () => {
    await using server = new ConfigServer(TOKEN);
    server.document = { ...beep(900), speech: { maxCharacters: 50 } };
    await using engine = await EngineProcess.start({
      env: {
        ...ENV,
        SYRINX__voices__tone__settings__hertz: "600",
        SYRINX__voices__tone__plugin: "tone",
        SYRINX__speech__maxQueue: "3",
      },
      config: withSources({ central: http(server), env: { plugin: "env" } }),
    });
    expect(await heard(engine)).toBe(600);
    expect(await states(engine)).toEqual(["file accepted", "central accepted", "env accepted"]);
    const long = await engine.post("/v1/audio/speech", { input: "x".repeat(51) });
    expect(long.status).toBeGreaterThanOrEqual(400);

    // The other way round, the server decides.
    const config = withSources({ env: { plugin: "env" }, central: http(server) });
    expect(await engine.save(config)).toContain("config version");
    expect(await heard(engine)).toBe(900);
    expect(await states(engine)).toEqual(["file accepted", "env accepted", "central accepted"]);
    for (const name of ["central", "env"]) expect((await engine.slot(`sources.${name}`)).state).toBe("ready");

    // What is named no more takes along what it said, and its process.
    expect(await engine.save(withSources({}))).toContain("config version");
    expect(await heard(engine)).toBe(440);
    expect((await fetch(`${engine.url}/control/slots/sources.central`)).status).toBe(404);
  });

  test("send their documents at once on a reload, even if their next poll is far away", async () => {
    await using server = new ConfigServer(TOKEN);
    server.document = beep(900);
    await using engine = await EngineProcess.start({
      env: ENV,
      config: withSources({ central: http(server, { pollMs: 3_600_000 }) }),
    });
    server.document = beep(700);
    const pids = [(await engine.slot("sources.central")).instances[0]?.pid];
    const reloaded = await engine.post("/control/config/reload");
    expect(reloaded.status).toBe(200);
    expect(await heard(engine)).toBe(700);
    // Who says nothing new changes nothing.
    const again = await engine.post("/control/config/reload");
    expect(again.headers.get("ETag")).toBe(reloaded.headers.get("ETag")!);
    expect([(await engine.slot("sources.central")).instances[0]?.pid]).toEqual(pids);
  });

  test("keep serving while the server is down, and follow it when it is up again, also after a restart", async () => {
    await using server = new ConfigServer(TOKEN);
    server.document = beep(900);
    const config = withSources({ central: http(server) });
    let engine = await EngineProcess.start({ env: ENV, config });
    const { folder } = engine;
    {
      await using events = await EventReader.open(engine.url);
      expect(await heard(engine)).toBe(900);
      await server.down();
      const rejected = await events.until(configEvent("central", "rejected"));
      expect(JSON.stringify(rejected)).toContain("the last good document stays");
      expect(await heard(engine)).toBe(900);

      server.document = beep(700);
      server.up();
      await events.until(configEvent("central", "applied"));
      expect(await heard(engine)).toBe(700);
      const told = events.events.filter(configEvent("central", "rejected"));
      expect(told.length).toBe(1);
      await server.down();
      await events.until(configEvent("central", "rejected"));
    }
    // What the server said last is known to the next start, which finds it down.
    expect(await engine.stop()).toBe(0);
    engine = await EngineProcess.start({ env: ENV, folder });
    await using restarted = engine;
    expect(await heard(restarted)).toBe(700);
    expect(await states(restarted)).toEqual(["file accepted", "central rejected"]);
    server.document = beep(500);
    await using events = await EventReader.open(restarted.url);
    server.up();
    await events.until(configEvent("central", "applied"));
    expect(await heard(restarted)).toBe(500);
  });
});

test("a source is swapped by version while its document is active, and its next document is applied", async () => {
  await using server = new ConfigServer(TOKEN);
  server.document = beep(900);
  const grants = { http: { net: ["$SETTINGS.url"] } };
  await using engine = await EngineProcess.start({
    env: ENV,
    prepare: (home) => addPluginVersion(home, "http-source", "1.1.0"),
    config: withSources({ central: { ...http(server), plugin: "http@1.0.0" } }, { plugins: { grants } }),
  });
  expect(await heard(engine)).toBe(900);
  const swap = await engine.swap("sources.central", { plugin: "http@1.1.0" });
  expect(swap).toMatchObject({ stage: "done", to: { plugin: "http@1.1.0" } });
  expect(await heard(engine)).toBe(900);
  await using events = await EventReader.open(engine.url);
  server.document = beep(700);
  await events.until(configEvent("central", "applied"));
  expect(await heard(engine)).toBe(700);

  // By the config, as any other slot, once the override of the swap no longer decides.
  const pointer = "/sources/central/plugin";
  const path = `/control/config/overrides?pointer=${pointer}`;
  expect((await fetch(engine.url + path, { method: "DELETE" })).status).toBe(200);
  const back = await engine.slotUntil("sources.central", ({ running }) => running?.plugin === "http@1.0.0");
  expect(back.error).toBeUndefined();
  expect(await heard(engine)).toBe(700);
});

test("a source that cannot be loaded says why in the status, and holds up no start", async () => {
  await using server = new ConfigServer(TOKEN);
  await using engine = await EngineProcess.start({
    env: { WRONG_TOKEN: "wrong" },
    config: withSources({
      nats: { plugin: "nats" },
      central: http(server, { token: "${env:WRONG_TOKEN}" }),
      mute: { plugin: "http" },
    }),
  });
  expect(await heard(engine)).toBe(440);
  const { config } = await engine.get<Status>("/control/status");
  expect(config.sources).toMatchObject([
    { name: "file", state: "accepted" },
    {
      name: "nats",
      problems: [{ message: expect.stringContaining("Cannot find config-source plugin nats") }],
    },
    { name: "central", problems: [{ message: expect.stringContaining("401 Unauthorized (who are you?)") }] },
    { name: "mute", problems: [{ message: expect.stringContaining("url") }] },
  ]);
});

test("a server cannot remove or change its own source entry, and can add others", async () => {
  await using server = new ConfigServer(TOKEN);
  await using engine = await EngineProcess.start({
    env: ENV,
    config: withSources({ central: http(server) }),
  });
  await using events = await EventReader.open(engine.url, { after: 0 });
  const refused = async (sources: object, why: string) => {
    server.document = { sources };
    const event = await events.until(configEvent("central", "rejected"));
    expect(JSON.stringify(event)).toContain(why);
    expect(await states(engine)).toEqual(["file accepted", "central rejected"]);
  };
  await refused({ central: null }, "cannot remove its own entry");
  await refused({ central: { settings: { pollMs: 200 } } }, '\\"force\\": true');
  server.document = {
    sources: { central: { settings: { pollMs: 200 }, force: true }, env: { plugin: "env" } },
  };
  await events.until(configEvent("central", "applied"));
  expect(await states(engine)).toContain("central accepted");
  expect((await engine.slot("sources.env")).kind).toBe("config-source");
});

test("a source that was installed later serves again after a restart, with its grants", async () => {
  const config = withSources(
    { other: { plugin: "other" } },
    { plugins: { grants: { other: { env: ["OTHER"] } } } },
  );
  const main = `import { configSource } from "syrinx/sdk";
export default configSource({
  async *watch(_, signal) {
    yield { document: { voices: { tone: { plugin: "tone", settings: { hertz: Number(process.env.OTHER) } } } }, origin: "other" };
    await new Promise((done) => signal.addEventListener("abort", done));
  },
});`;
  const first = await EngineProcess.start({
    env: { OTHER: "600" },
    prepare: async (home) => {
      await addPlugin(
        home,
        { name: "other", version: "1.0.0", kind: "config-source", permissions: { env: ["OTHER"] } },
        main,
      );
    },
    config,
  });
  expect(await heard(first)).toBe(600);
  expect(await first.stop()).toBe(0);
  await using second = await EngineProcess.start({ folder: first.folder, env: { OTHER: "800" } });
  expect(await heard(second)).toBe(800);
  expect(second.log.filter((line) => line.includes("failed"))).toEqual([]);
});

test("a source that fails to load is not added, and the whole config stays as it was", async () => {
  await using server = new ConfigServer(TOKEN);
  server.document = beep(900);
  await using engine = await EngineProcess.start({
    env: ENV,
    config: withSources({ central: http(server) }),
  });
  const bad = withSources({
    central: http(server, { pollMs: 200 }),
    env: { plugin: "env" },
    nats: { plugin: "nats" },
  });
  expect(await engine.save(bad)).toContain("Cannot find config-source plugin nats");
  expect(await states(engine)).toEqual(["file rejected", "central accepted"]);
  expect((await fetch(`${engine.url}/control/slots/sources.env`)).status).toBe(404);
  expect(await heard(engine)).toBe(900);
});
