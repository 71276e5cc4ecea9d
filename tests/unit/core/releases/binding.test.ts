import { describe, expect, test } from "bun:test";
import {
  type Binding,
  bindingId,
  describeBinding,
  differsInLiveSettingsAlone,
  resolveBinding,
  type WantedBinding,
} from "../../../../core/releases/binding.ts";
import { Catalog } from "../../../../core/releases/catalog.ts";
import { temporaryFolder } from "./folder.ts";
import { modelRelease, pluginRelease } from "./releases.ts";

const SETTINGS = {
  properties: {
    hertz: { type: "number", minimum: 20, default: 440 },
    wave: { type: "string", enum: ["sine", "square"] },
  },
};

/** Resolves a binding among: beep (no model), piper (format piper) and greedy (asks for a file), tiny and kiki. */
async function resolve(wanted: WantedBinding, grants = {}) {
  await using folder = await temporaryFolder({
    "p/beep/plugin.json": pluginRelease({ settings: SETTINGS }).manifest,
    "p/piper/plugin.json": pluginRelease({ name: "piper", voice: { formats: ["piper"] } }).manifest,
    "p/greedy/plugin.json": pluginRelease({ name: "greedy", permissions: { read: ["/etc"] } }).manifest,
    "p/beep-next/plugin.json": pluginRelease({
      version: "1.1.0",
      permissions: { read: ["/etc"] },
      settings: SETTINGS,
    }).manifest,
    "m/tiny/model.json": modelRelease().manifest,
    "m/kiki/model.json": modelRelease({ name: "kiki", format: "kokoro" }).manifest,
  });
  const catalog = await Catalog.scan({
    plugins: [{ path: `${folder.path}/p`, trusted: false }],
    models: [`${folder.path}/m`],
  });
  return resolveBinding(catalog, grants, "voice", wanted);
}

describe("a binding", () => {
  test("has exact releases, a device, and settings with their defaults", async () => {
    const binding = await resolve({ plugin: "beep@^1.0.0", settings: { wave: "square" } });
    expect(describeBinding(binding)).toEqual({
      plugin: "beep@1.0.0",
      settings: { hertz: 440, wave: "square" },
      device: "auto",
    });
    expect(bindingId(binding)).toBe("beep@1.0.0");
  });

  test("passes over a newer release that was not granted what it asks for, until it is granted or requested by version", async () => {
    const released = async (plugin: string, grants = {}) =>
      describeBinding(await resolve({ plugin }, grants)).plugin;
    expect(await released("beep")).toBe("beep@1.0.0");
    expect(await released("beep", { beep: { read: ["/etc"] } })).toBe("beep@1.1.0");
    await expect(resolve({ plugin: "beep@1.1.0" })).rejects.toMatchObject({ code: "plugin-blocked" });
  });

  test("has a model where the plugin runs models", async () => {
    const binding = await resolve({ plugin: "piper", model: "tiny", device: "cpu" });
    expect(describeBinding(binding)).toEqual({
      plugin: "piper@1.0.0",
      model: "tiny@1.0.0",
      settings: {},
      device: "cpu",
    });
    expect(bindingId(binding)).toBe("piper@1.0.0+tiny@1.0.0");
  });

  test("leaves the settings that it was given as they were", async () => {
    const settings = {};
    await resolve({ plugin: "beep", settings });
    expect(settings).toEqual({});
  });
});

describe("a binding is refused", () => {
  const refused: [why: string, wanted: WantedBinding, code: string, message: string][] = [
    [
      "if no plugin fits",
      { plugin: "bep" },
      "release-not-found",
      "Cannot find voice plugin bep: on disk are beep@1.0.0, beep@1.1.0, greedy@1.0.0, piper@1.0.0",
    ],
    [
      "if no model fits",
      { plugin: "piper", model: "tiny@^2" },
      "release-not-found",
      "Cannot find model tiny@^2: on disk is tiny@1.0.0",
    ],
    [
      "if the plugin may not do what it asks for",
      { plugin: "greedy" },
      "plugin-blocked",
      "Cannot start plugin greedy@1.0.0 because it asks for read /etc",
    ],
    [
      "if the plugin takes no model",
      { plugin: "beep", model: "tiny" },
      "model-unsupported",
      "Cannot give model tiny to plugin beep@1.0.0 because it runs without one",
    ],
    [
      "if the plugin needs a model",
      { plugin: "piper" },
      "model-unsupported",
      "Cannot start plugin piper@1.0.0 without a model: name one of format piper",
    ],
    [
      "if the plugin cannot run the model's format",
      { plugin: "piper", model: "kiki" },
      "model-unsupported",
      "Cannot run model kiki@1.0.0 with plugin piper@1.0.0 because its format is kokoro, and the plugin runs piper",
    ],
    [
      "if the settings do not fit",
      { plugin: "beep", settings: { hertz: 3, wav: "sine" } },
      "settings-invalid",
      'Cannot use these settings with plugin beep@1.0.0: /wav: unknown key "wav" (did you mean "wave"?); /hertz: must be >= 20',
    ],
  ];
  test.each(refused)("%s", async (_, wanted, code, message) => {
    await expect(resolve(wanted)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test("until it is granted what it asks for", async () => {
    const binding = await resolve({ plugin: "greedy" }, { greedy: { read: ["/etc"] } });
    expect(binding.plugin.name).toBe("greedy");
  });
});

describe("live settings", () => {
  const settings = { properties: { pace: { "x-live": true }, wave: { "x-live": false }, depth: {} } };
  const binding = (given: Record<string, unknown>, plugin = pluginRelease({ settings })): Binding => ({
    plugin,
    model: undefined,
    device: "cpu",
    settings: given,
  });
  const one = binding({ pace: 1, depth: 2 });

  test.each<[why: string, other: Binding, differs: boolean]>([
    ["one is set to something else", binding({ pace: 2, depth: 2 }), true],
    ["one is not set any more", binding({ depth: 2 }), true],
    ["nothing differs, as that asks for a new process", binding({ pace: 1, depth: 2 }), false],
    ["a setting differs that is not live", binding({ pace: 1, depth: 3 }), false],
    ["another one differs as well", binding({ pace: 2, wave: "sine", depth: 2 }), false],
    ["the device differs as well", { ...binding({ pace: 2, depth: 2 }), device: "cuda" }, false],
    ["the model differs as well", { ...binding({ pace: 2, depth: 2 }), model: modelRelease() }, false],
    [
      "the plugin is of another version",
      binding({ pace: 2, depth: 2 }, pluginRelease({ settings, version: "1.0.1" })),
      false,
    ],
    [
      "the manifest says so since the process was started",
      binding(
        { pace: 1, depth: 3 },
        pluginRelease({ settings: { properties: { depth: { "x-live": true } } } }),
      ),
      false,
    ],
    [
      "the plugin is a config source, which is given its settings once",
      binding({ pace: 2, depth: 2 }, pluginRelease({ settings, kind: "config-source" })),
      false,
    ],
  ])("are all that differs, or not: %s", (_, other, differs) => {
    const first = { ...one, plugin: { ...one.plugin, kind: other.plugin.kind } };
    expect(differsInLiveSettingsAlone(first, other)).toBe(differs);
    expect(differsInLiveSettingsAlone(other, first)).toBe(differs);
  });
});
