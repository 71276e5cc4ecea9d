import { describe, expect, test } from "bun:test";
import { rename, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OpenAiError, Status, VoiceList } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { toneHz } from "../support/tone.ts";
import { parseWav } from "../support/wav.ts";

function beep(hertz: number) {
  return { plugin: "tone", settings: { hertz } };
}

function withVoices(voices: object) {
  return { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, ...voices } };
}

function speak(engine: EngineProcess, voice?: string, input = "How high am I?"): Promise<Response> {
  return engine.post("/v1/audio/speech", { input, response_format: "wav", ...(voice && { voice }) });
}

async function heard(engine: EngineProcess, voice?: string): Promise<number> {
  return toneHz(parseWav(await (await speak(engine, voice)).bytes()));
}

async function pidOf(engine: EngineProcess, slot: string): Promise<number | undefined> {
  return (await engine.slot(slot)).instances.find(({ state }) => state === "serving")?.pid;
}

async function configStatus(engine: EngineProcess) {
  return (await engine.get<Status>("/control/status")).config;
}

describe("a start", () => {
  test("without a config file speaks with the voices that ship", async () => {
    await using engine = await EngineProcess.start();
    expect(await configStatus(engine)).toEqual({
      version: 1,
      sources: [{ name: "file", state: "accepted", origin: engine.configFile, problems: [] }],
    });
    const response = await speak(engine);
    expect(response.headers.get("X-Syrinx-Release")).toBe("piper@1.0.0+en_US-slt-tiny@1.0.0");
    await response.bytes();
  });

  test("with a broken file speaks with the defaults, says why, and takes the file once it is whole", async () => {
    await using engine = await EngineProcess.start({ config: `{\n  "voices": {,}\n}\n` });
    const logged = await engine.logged("the config was rejected");
    expect(logged).toContain(`${engine.configFile}:2:14`);
    const { version, sources } = await configStatus(engine);
    expect(version).toBe(1);
    expect(sources).toMatchObject([{ state: "rejected", problems: [{ line: 2, column: 14 }] }]);
    expect((await speak(engine)).headers.get("X-Syrinx-Voice")).toBe("slt");

    expect(await engine.save(withVoices({ tone: beep(300) }))).toContain("config version 2");
    expect(await heard(engine)).toBeCloseTo(300, -1);
  });

  const hertz = 500;
  const documents: Record<string, string> = {
    "my.json": JSON.stringify(withVoices({ tone: beep(hertz) })),
    "my.jsonc": `// A comment, and a comma too many.\n{
      "voices": { "slt": null, "rms": null, "tone": { "plugin": "tone", "settings": { "hertz": ${hertz} } }, },
      "sinks": { "archive": null }, "speech": { "defaultVoice": "tone" } /* here as well */ }`,
    "my.yaml": `# A comment.
voices:
  slt: null
  rms: ~
  tone: { plugin: tone, settings: { hertz: ${hertz} } }
sinks: { archive: null }
speech:
  defaultVoice: tone
`,
    // TOML has no null: a voice that ships cannot be taken away, but be given another plugin.
    "my.toml": `# A comment.
speech.defaultVoice = "tone"
voices.slt.plugin = "tone"
voices.rms.plugin = "tone"
[voices.tone]
plugin = "tone"
settings = { hertz = ${hertz} }
`,
  };
  for (const [name, config] of Object.entries(documents)) {
    test(`reads ${name.slice("my.".length).toUpperCase()}`, async () => {
      await using engine = await EngineProcess.start({ config, configName: name, args: ["--config", name] });
      const { sources } = await configStatus(engine);
      if (name.endsWith(".toml")) {
        // What the defaults say of the model goes on: `tone` takes none.
        expect((await engine.slot("voices.slt")).error?.code).toBe("model-unsupported");
      }
      expect(sources).toMatchObject([{ state: "accepted", origin: join(engine.folder, name), problems: [] }]);
      expect(await heard(engine)).toBeCloseTo(hertz, -1);
    });
  }
});

describe("a saved file", () => {
  test("adds, changes and removes voices while others speak on, each in its own process", async () => {
    await using engine = await EngineProcess.start({ config: withVoices({ a: beep(300), b: beep(400) }) });
    const [tone, a] = await Promise.all(["tone", "a"].map((slot) => pidOf(engine, `voices.${slot}`)));

    let spoken = 0;
    let over = false;
    const listener = (async () => {
      for (; !over; spoken++)
        expect(parseWav(await (await speak(engine)).bytes()).seconds).toBeGreaterThan(0.4);
    })();
    expect(await engine.save(withVoices({ a: beep(600), c: beep(700) }))).toContain("config version 2");
    const soFar = spoken;
    over = true;
    await listener;
    expect(soFar).toBeGreaterThan(0);

    const { voices } = await engine.get<VoiceList>("/v1/audio/voices");
    const slots = new Set(voices.map(({ id }) => id.split("/")[0]));
    expect([...slots].sort()).toEqual(["a", "c", "tone"]);
    expect(await heard(engine, "a")).toBeCloseTo(600, -1);
    expect(await heard(engine, "c")).toBeCloseTo(700, -1);
    expect((await speak(engine, "b")).status).toBe(404);
    expect((await fetch(`${engine.url}/control/slots/voices.b`)).status).toBe(404);

    expect(await pidOf(engine, "voices.tone")).toBe(tone);
    expect(await pidOf(engine, "voices.a")).not.toBe(a);
    expect((await engine.get<Status>("/control/status")).pid).toBe(engine.pid);
  });

  test("changes the default voice, the aliases and the longest text at once, and no process", async () => {
    await using engine = await EngineProcess.start({ config: withVoices({ a: beep(300) }) });
    const pids = await Promise.all([pidOf(engine, "voices.tone"), pidOf(engine, "voices.a")]);
    expect(await heard(engine)).toBeCloseTo(440, -1);
    await engine.save({
      ...withVoices({ a: beep(300) }),
      speech: { defaultVoice: "a", aliases: { nova: "tone/high", grandma: "a" }, maxCharacters: 20 },
    });
    expect(await heard(engine)).toBeCloseTo(300, -1);
    expect(await heard(engine, "nova")).toBeCloseTo(880, -1);
    expect(await heard(engine, "grandma")).toBeCloseTo(300, -1);
    const refused = await speak(engine, "a", "One character too many.".slice(0, 21));
    const { error } = (await refused.json()) as OpenAiError;
    expect([refused.status, error.code]).toEqual([400, "text-too-long"]);
    expect(await Promise.all([pidOf(engine, "voices.tone"), pidOf(engine, "voices.a")])).toEqual(pids);
  });

  test("that changes load policies, or the format of a sink, keeps their processes", async () => {
    const archive = { plugin: "file", settings: { name: "{id}.{format}" } };
    await using engine = await EngineProcess.start({ config: { ...TONE_ONLY, sinks: { archive } } });
    const pids = () => Promise.all([pidOf(engine, "voices.tone"), pidOf(engine, "sinks.archive")]);
    const kept = async () => {
      const from = engine.log.length;
      await (await engine.post("/v1/audio/speech", { input: "Keep me.", sinks: ["archive"] })).bytes();
      return engine.logged("kept as ", from);
    };
    const before = await pids();
    expect(await kept()).toContain(".wav");
    await engine.save({
      ...withVoices({ tone: { plugin: "tone", idleUnloadMs: 3_600_000, memoryLimitBytes: 4e9 } }),
      sinks: { archive: { ...archive, format: "mp3", memoryLimitBytes: 4e9 } },
    });
    expect(await kept()).toContain(".mp3");
    expect(await pids()).toEqual(before);
  });

  test("with three mistakes is refused as a whole, each with its place, and the last good one stays", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const pid = await pidOf(engine, "voices.tone");
    const broken = `{
  "server": { "prot": 1234 },
  "voices": {
    "slt": null, "rms": null,
    "tone": { "plugin": "tone", "settings": { "hertz": 900 } },
    "new": { "model": "x" }
  },
  "speech": { "defaultVoice": "tone", "maxCharacters": "many" },
  "sinks": { "archive": null }
}`;
    const logged = (JSON.parse(await engine.save(broken)) as { msg: string }).msg;
    const origin = engine.configFile;
    const { version, sources } = await configStatus(engine);
    expect(version).toBe(1);
    expect(sources).toEqual([
      {
        name: "file",
        state: "rejected",
        origin,
        problems: expect.arrayContaining([
          {
            pointer: "/server/prot",
            message: 'unknown key "prot" (did you mean "port"?)',
            origin,
            line: 2,
            column: 15,
          },
          { pointer: "/voices/new", message: '"plugin" is missing', origin, line: 6, column: 5 },
          {
            pointer: "/speech/maxCharacters",
            message: "must be integer",
            origin,
            line: 8,
            column: 39,
          },
        ]),
      },
    ]);
    expect(sources[0]!.problems).toHaveLength(3);
    expect(logged.split("\n")).toHaveLength(4);
    for (const { pointer, message, line, column } of sources[0]!.problems)
      expect(logged).toContain(`\n  ${origin}:${line}:${column} ${pointer} ${message}`);
    expect(await heard(engine)).toBeCloseTo(440, -1);
    expect(await pidOf(engine, "voices.tone")).toBe(pid);

    expect(await engine.save(withVoices({ tone: beep(900) }))).toContain("config version 2");
    expect(await heard(engine)).toBeCloseTo(900, -1);
    expect((await configStatus(engine)).sources[0]).toMatchObject({ state: "accepted", problems: [] });
  });

  test("that is half written, or vanishes, changes nothing until it is whole again", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const whole = JSON.stringify(withVoices({ tone: beep(700) }));
    // In place, as some editors write: what the engine may see in between is no JSON.
    await writeFile(engine.configFile, whole.slice(0, whole.length / 2));
    await engine.logged("the config was rejected");
    expect(await heard(engine)).toBeCloseTo(440, -1);
    await writeFile(engine.configFile, whole);
    await engine.logged("config version 2");
    expect(await heard(engine)).toBeCloseTo(700, -1);

    let from = engine.log.length;
    await rename(engine.configFile, `${engine.configFile}.away`);
    expect(await engine.logged("the config was rejected", from)).toContain(
      "is missing; the last good document stays",
    );
    expect(await heard(engine)).toBeCloseTo(700, -1);
    from = engine.log.length;
    await writeFile(engine.configFile, whole);
    await truncate(engine.configFile, 0);
    expect(await engine.logged("the config was rejected", from)).toContain(
      "is empty; the last good document stays",
    );
    await rm(engine.configFile);
    expect(await engine.save(TONE_ONLY)).toContain("config version 3");
    expect(await heard(engine)).toBeCloseTo(440, -1);
  });

  test("that changes the tokens applies to the next request", async () => {
    const config = (token: string) => {
      const sha256 = new Bun.CryptoHasher("sha256").update(token).digest("hex");
      return { ...TONE_ONLY, server: { tokens: [{ name: "me", sha256, scopes: ["admin"] }] } };
    };
    await using engine = await EngineProcess.start({ config: config("old"), args: ["--host", "0.0.0.0"] });
    const status = async (token: string) => {
      const headers = { Authorization: `Bearer ${token}` };
      return (await fetch(`${engine.url}/control/status`, { headers })).status;
    };
    expect([await status("old"), await status("new")]).toEqual([200, 401]);
    await writeFile(engine.configFile, JSON.stringify(config("new")));
    await engine.logged("config version 2");
    expect([await status("old"), await status("new")]).toEqual([401, 200]);
  });
});
