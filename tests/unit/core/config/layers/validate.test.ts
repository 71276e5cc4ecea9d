import { describe, expect, test } from "bun:test";
import { DEFAULT_ALIASES } from "../../../../../core/config/layers/defaults.ts";
import type { Layer } from "../../../../../core/config/layers/layer.ts";
import { validate } from "../../../../../core/config/layers/validate.ts";
import { parseJson } from "../../../../../core/sdk/document/parse-json.ts";

function file(text: string, origin = "/etc/syrinx.jsonc"): Layer {
  const { value, places } = parseJson(text, { extended: true });
  return { document: value, origin, places };
}

describe("validating a config", () => {
  test("no layer at all makes a whole config, with every default filled in", () => {
    const { config } = validate([]);
    expect(config).toMatchObject({
      server: {
        host: "127.0.0.1",
        port: 7851,
        tokens: [],
        allowedOrigins: [],
        publicVoices: false,
        stopTimeoutMs: 30_000,
      },
      plugins: { paths: [], grants: {}, sandbox: "auto" },
      models: { paths: [] },
      speech: {
        defaultVoice: "slt",
        maxCharacters: 100_000,
        maxQueue: 512,
        loadTimeoutMs: 30_000,
        loudness: { target: -20, ceiling: -1 },
      },
      voices: {
        slt: {
          plugin: "piper",
          model: "en_US-slt-tiny",
          device: "auto",
          settings: {},
          load: "eager",
          idleUnloadMs: 0,
        },
        rms: { plugin: "piper", model: "en_US-rms-tiny", device: "auto", settings: {} },
      },
      sinks: { archive: { plugin: "file", format: "wav", settings: {} } },
      swap: {
        startTimeoutMs: 10_000,
        loadTimeoutMs: 300_000,
        drainTimeoutMs: 600_000,
        healthIntervalMs: 5_000,
        healthTimeoutMs: 10_000,
        audioTimeoutMs: 60_000,
        cancelTimeoutMs: 10_000,
        memoryIntervalMs: 5_000,
        parkForMs: 30_000,
        watch: { windowMs: 60_000, minRequests: 5, maxErrorRate: 0.5 },
        canary: { percent: 10, minRequests: 20, maxErrorRate: 0.05, windowMs: 60_000 },
      },
      memory: { budgets: {} },
      log: { level: "info" },
    });
    expect(Object.keys(config?.speech.aliases ?? {}).sort()).toEqual(
      "alloy ash ballad cedar coral echo fable marin nova onyx sage shimmer verse".split(" "),
    );
  });

  test("a section that is removed returns with its defaults", () => {
    expect(validate([file('{"log": null, "server": null}')]).config).toMatchObject({
      log: { level: "info" },
      server: { port: 7851 },
    });
  });

  test("an incomplete group of swap settings gets the defaults of the rest", () => {
    const { config } = validate([file('{"swap": {"watch": {"windowMs": 0}, "canary": {"percent": 50}}}')]);
    expect(config?.swap).toMatchObject({
      parkForMs: 30_000,
      watch: { windowMs: 0, minRequests: 5, maxErrorRate: 0.5 },
      canary: { percent: 50, minRequests: 20, maxErrorRate: 0.05, windowMs: 60_000 },
    });
  });

  test("a memory budget is a share or bytes, of a device that can exist", () => {
    const budgets = (value: string) => validate([file(`{"memory": {"budgets": ${value}}}`)]);
    const good = { host: "80%", "cuda:0": "100%", "cuda:1": 4_000_000_000, "cuda:0/mig-1": "12.5%" };
    expect(budgets(JSON.stringify(good)).config?.memory).toEqual({ budgets: good });
    for (const bad of [
      '{"host": "80"}',
      '{"host": "101%"}',
      '{"host": -1}',
      '{"host": 1.5}',
      '{"gpu": 1}',
      '{"cuda": 1}',
    ])
      expect(budgets(bad).problems?.length, bad).toBeGreaterThan(0);
  });

  test("all mistakes are reported at once, each with its place", () => {
    const { problems } = validate([
      file(`{
  "server": { "prot": 7851 },
  "speech": {
    "maxQueue": 0,
    "aliases": { "bird": "slr" }
  },
  "voices": { "x": { "model": "m" } }
}`),
    ]);
    const origin = "/etc/syrinx.jsonc";
    expect(problems).toHaveLength(4);
    expect(problems).toEqual(
      expect.arrayContaining([
        {
          pointer: "/server/prot",
          message: 'unknown key "prot" (did you mean "port"?)',
          origin,
          line: 2,
          column: 15,
        },
        { pointer: "/speech/maxQueue", message: "must be >= 1", origin, line: 4, column: 5 },
        {
          pointer: "/speech/aliases/bird",
          message:
            '"slr" names no voice: it needs to be a slot of voices, or slot/speaker (did you mean "slt"?)',
          origin,
          line: 5,
          column: 18,
        },
        { pointer: "/voices/x", message: '"plugin" is missing', origin, line: 7, column: 15 },
      ]),
    );
  });

  test("a mistake has the place of its value in the layer that decides, or of the nearest value around it", () => {
    const low = file('{"log": {"level": "warn"}, "swap": {}}', "low");
    const high = { document: { log: { level: "loud" } }, origin: "high", places: { "/log": [3, 5] } };
    expect(validate([low, high]).problems).toEqual([
      {
        pointer: "/log/level",
        message: "must be one of debug, info, warn, error",
        origin: "high",
        line: 3,
        column: 5,
      },
    ]);
  });

  test("an alias may name a speaker of a slot", () => {
    expect(validate([file('{"speech": {"aliases": {"me": "slt/anyone"}}}')]).problems).toBeUndefined();
  });

  test("null removes a default voice, and its built-in aliases use the default voice", () => {
    const { config } = validate([file('{"voices": {"rms": null}}')]);
    expect(Object.keys(config?.voices ?? {})).toEqual(["slt"]);
    expect(new Set(Object.values(config?.speech.aliases ?? {}))).toEqual(new Set(["slt"]));
  });

  test("removing the default voice needs another one, and one problem points at the line that did it", () => {
    const text = '{\n"voices": {\n  "slt": null,\n  "amy": {"plugin": "tone"}}\n}';
    expect(validate([file(text)]).problems).toEqual([
      {
        pointer: "/speech/defaultVoice",
        message:
          '"slt" names no voice: it needs to be a slot of voices, or slot/speaker (configured: rms, amy)',
        origin: "/etc/syrinx.jsonc",
        line: 3,
        column: 3,
      },
    ]);
    const { config } = validate([file(text), file('{"speech": {"defaultVoice": "amy"}}')]);
    expect(config?.speech.aliases).toMatchObject({ alloy: "amy", onyx: "rms" });
  });

  test("an alias that someone wrote is never redirected", () => {
    const { problems } = validate([
      file('{"voices": {"rms": null}, "speech": {"aliases": {"onyx": "rms"}}}'),
    ]);
    expect(problems).toMatchObject([{ pointer: "/speech/aliases/onyx", line: 1 }]);
  });

  test("a document that is no object, and a key called __proto__, are rejected", () => {
    expect(validate([{ document: [1], origin: "x" }]).problems).toMatchObject([{ pointer: "", origin: "x" }]);
    expect(validate([file('{"__proto__": {"a": 1}}')]).problems).toMatchObject([
      { pointer: "/__proto__", message: expect.stringMatching(/unknown key/) },
    ]);
  });

  test("every built-in alias names a built-in voice", () => {
    expect(new Set(Object.values(DEFAULT_ALIASES))).toEqual(new Set(["slt", "rms"]));
  });
});
