import { expect, test } from "bun:test";
import fc from "fast-check";
import type { ConfigView, Status } from "../../schemas/generated/api.ts";
import { ConfigServer } from "../support/config-server.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { until } from "../support/until.ts";

/** The long form: SYRINX_CONFIG_EDITS=500 bun test tests/chaos/config-sources-fuzz.test.ts. A failure names its seed. */
const ROUNDS = Math.ceil(Number(process.env.SYRINX_CONFIG_EDITS ?? 60) / 3);
const SEED = Number(process.env.SYRINX_CONFIG_SEED ?? Math.floor(Math.random() * 2 ** 31));
const LONG_MS = 60_000 + ROUNDS * 15_000;
const TOKEN = "s3cret";

/** What one of them says; what it leaves out is for those below it. */
interface Say {
  hertz?: number;
  /** Another one is a new process. */
  level?: number;
  maxQueue?: number;
}
interface Round {
  file?: Say | "wrong";
  server?: Say | "wrong";
  api?: Say | "wrong";
}

const say = fc.record(
  {
    hertz: fc.integer({ min: 200, max: 2_000 }),
    level: fc.constantFrom(0.1, 0.2, 0.3),
    maxQueue: fc.integer({ min: 100, max: 999 }),
  },
  { requiredKeys: [] },
);
const said = fc.oneof({ arbitrary: say, weight: 4 }, { arbitrary: fc.constant("wrong" as const), weight: 1 });
const round: fc.Arbitrary<Round> = fc.record({ file: said, server: said, api: said }, { requiredKeys: [] });

function documentOf(say: Say | "wrong", mark: number): object {
  if (say === "wrong") return { [`wrong-${mark}`]: true };
  const { hertz, level, maxQueue } = say;
  const settings = { ...(hertz !== undefined && { hertz }), ...(level !== undefined && { level }) };
  return {
    voices: { tone: { plugin: "tone", settings } },
    ...(maxQueue !== undefined && { speech: { maxQueue } }),
  };
}

/** A document of the file: what every engine of this test needs, and what it says. */
function fileOf(say: Say | "wrong", mark: number, server: ConfigServer): object {
  const { voices, speech, ...wrong } = documentOf(say, mark) as Record<string, object>;
  return {
    ...TONE_ONLY,
    ...wrong,
    voices: { ...TONE_ONLY.voices, ...voices },
    // Nobody else says it, so that every good file is a new version.
    speech: { ...TONE_ONLY.speech, maxCharacters: 1_000 + mark, ...speech },
    sources: {
      central: { plugin: "http", settings: { url: server.url, token: "${env:CENTRAL_TOKEN}", pollMs: 100 } },
    },
  };
}

test(
  `${ROUNDS} rounds in which a file, a server and the API change the config at once: the topmost accepted document is active (seed ${SEED})`,
  async () => {
    await using server = new ConfigServer(TOKEN);
    server.document = {};
    await using engine = await EngineProcess.start({
      env: { CENTRAL_TOKEN: TOKEN },
      config: fileOf({}, -1, server),
    });
    const accepted: Record<"file" | "server" | "api", Say> = { file: {}, server: {}, api: {} };
    let version = 0;
    for (const [mark, { file, server: central, api }] of fc
      .sample(round, { seed: SEED, numRuns: ROUNDS })
      .entries()) {
      const told = `round ${mark} of seed ${SEED}: ${JSON.stringify({ file, central, api })}`;
      // All at once: who comes first is for chance to decide.
      const newest = {
        ...(file && { file: fileOf(file, mark, server) }),
        ...(central && { central: documentOf(central, mark) }),
      };
      if (newest.central) server.document = newest.central;
      const [, patched] = await Promise.all([
        newest.file && engine.saveUnasked(newest.file),
        api &&
          fetch(`${engine.url}/control/config`, {
            method: "PATCH",
            body: JSON.stringify(documentOf(api, mark)),
          }),
      ]);
      if (patched) expect([told, patched.ok]).toEqual([told, api !== "wrong"]);
      if (file && file !== "wrong") accepted.file = file;
      if (central && central !== "wrong") accepted.server = central;
      // A patch adds to the overrides that are there.
      if (api && api !== "wrong") accepted.api = { ...accepted.api, ...api };

      const expected: Say = {
        hertz: 440,
        level: 0.2,
        maxQueue: 512,
        ...accepted.file,
        ...accepted.server,
        ...accepted.api,
      };
      const active = await settled(engine, mark, newest);
      expect([told, active.say]).toEqual([told, expected]);
      expect(active.version).toBeGreaterThanOrEqual(version);
      version = active.version;
      const { running, state } = await engine.slot("voices.tone");
      const { hertz, level } = running!.settings as Say;
      expect([told, state, hertz, level]).toEqual([told, "ready", expected.hertz, expected.level]);
      const { config } = await engine.get<Status>("/control/status");
      for (const [name, source] of [
        ["file", file],
        ["central", central],
      ] as const)
        if (source)
          expect([told, name, config.sources.find((one) => one.name === name)?.state]).toEqual([
            told,
            name,
            source === "wrong" ? "rejected" : "accepted",
          ]);
    }
  },
  LONG_MS,
);

/** Asks until the newest documents of the file and the server have been dealt with. */
async function settled(
  engine: EngineProcess,
  mark: number,
  newest: Record<string, object>,
): Promise<{ version: number; say: Say }> {
  const { version, document } = await until(
    `the newest documents of edit ${mark} are dealt with`,
    async () => {
      const present = await engine.get<ConfigView>("/control/config");
      const { layers } = present;
      const { config } = await engine.get<Status>("/control/status");
      const isHeard = Object.entries(newest).every(([name, said]) => {
        const source = config.sources.find((one) => one.name === name);
        if (source?.state === "waiting") return false;
        if (JSON.stringify(said).includes("wrong-"))
          return JSON.stringify(source?.problems).includes(`wrong-${mark}`);
        return Bun.deepEquals(layers.find((layer) => layer.source === name)?.document, said);
      });
      return isHeard && present;
    },
  );
  const { voices, speech } = document as unknown as {
    voices: { tone: { settings: Say } };
    speech: { maxQueue: number };
  };
  const { hertz = 440, level = 0.2 } = voices.tone.settings;
  return { version, say: { hertz, level, maxQueue: speech.maxQueue } };
}
