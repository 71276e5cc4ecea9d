import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ConfigView, PluginList, Problem, SlotView } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { addPlugin } from "../support/releases.ts";

/** Tells how long its secret is, and which letter it begins with. */
const MAIN = `import { voice } from "syrinx/sdk";
export default voice({
  load({ settings }) {
    console.log("token " + settings.token[0] + settings.token.length);
    return {
      sampleRate: 16000,
      speakers: [{ id: "one", language: "en" }],
      device: "cpu",
      async *speak() {
        yield Float32Array.from({ length: 8000 }, (_, i) => 0.2 * Math.sin(i / 5));
      },
    };
  },
});`;

const SECRET = "correct-horse-battery-staple";
const CLEAR = "hunter2-in-clear-text";

/** Everything that the engine has written to its home, as text. */
async function written(engine: EngineProcess): Promise<string> {
  const files = await readdir(engine.home, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => Bun.file(join(file.parentPath, file.name)).bytes());
  return (await Promise.all(texts)).map((bytes) => Buffer.from(bytes).toString("latin1")).join("\n");
}

test("only the plugin gets a secret: clear text is refused, and no response, journal or log has it", async () => {
  const settings = (token: string) => ({ voices: { one: { plugin: "sealed", settings: { token } } } });
  await using engine = await EngineProcess.start({
    async prepare(home) {
      const schema = { properties: { token: { type: "string", "x-secret": true } } };
      await addPlugin(home, { name: "sealed", version: "1.0.0", settings: schema }, MAIN);
    },
    config: { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, ...settings("${env:TOKEN}").voices } },
    env: { TOKEN: SECRET },
  });
  await engine.logged(`token c${SECRET.length}`);
  const patch = (body: object) =>
    fetch(`${engine.url}/control/config`, { method: "PATCH", body: JSON.stringify(body) });

  const refused = await patch(settings(CLEAR));
  expect(refused.status).toBe(422);
  expect((await refused.json()) as Problem).toMatchObject({
    code: "config-invalid",
    errors: [{ pointer: "/voices/one/settings/token", origin: "overrides" }],
  });
  const swap = await engine.post("/control/slots/voices.one/swap", { settings: { token: CLEAR } });
  expect(await swap.json()).toMatchObject({ code: "settings-invalid" });
  expect(await engine.save({ ...TONE_ONLY, ...settings(CLEAR) })).toContain("the config was rejected");

  const view = await engine.get<ConfigView>("/control/config");
  expect(view).toMatchObject({ version: 1, document: settings("${env:TOKEN}") });
  expect((await engine.get<SlotView>("/control/slots/voices.one")).running).toMatchObject({
    settings: { token: "${env:TOKEN}" },
  });
  const missing = await patch(settings("${env:NOT_SET}"));
  expect(missing.ok).toBe(false);
  expect(await missing.json()).toMatchObject({
    errors: [{ pointer: "/voices/one", message: expect.stringContaining("NOT_SET") }],
  });
  expect(await engine.slot("voices.one")).toMatchObject({
    state: "ready",
    running: { settings: { token: "${env:TOKEN}" } },
  });
  expect(await engine.stop()).toBe(0);
  const everything = (await written(engine)) + engine.log.join("\n");
  expect(everything).toContain("${env:TOKEN}");
  for (const secret of [SECRET, CLEAR]) expect(everything).not.toContain(secret);
});

test("a failed config is reverted with its grants, even if the one before now has a secret in clear text", async () => {
  const voices = { ...TONE_ONLY.voices, one: { plugin: "sealed", settings: { token: CLEAR } } };
  await using engine = await EngineProcess.start({
    async prepare(home) {
      const settings = { properties: { token: { type: "string" } } };
      await addPlugin(home, { name: "sealed", version: "1.0.0", settings }, MAIN);
      await addPlugin(home, { name: "curious", version: "1.0.0", permissions: { env: ["HOME"] } }, MAIN);
      await addPlugin(home, { name: "broken", version: "1.0.0" }, `throw new Error("no such luck");`);
    },
    config: { ...TONE_ONLY, voices },
  });
  const settings = { properties: { token: { type: "string", "x-secret": true } } };
  await addPlugin(engine.home, { name: "sealed", version: "1.1.0", settings }, MAIN);
  const change = {
    plugins: { grants: { curious: { env: ["HOME"] } } },
    voices: { one: null, two: { plugin: "broken" } },
  };
  const refused = await fetch(`${engine.url}/control/config`, {
    method: "PATCH",
    body: JSON.stringify(change),
  });
  expect(await refused.json()).toMatchObject({ errors: [{ pointer: "/voices/two" }] });
  const { plugins } = await engine.get<PluginList>("/control/plugins");
  expect(plugins.find(({ name }) => name === "curious")?.state).toBe("blocked");
  expect(await engine.slot("voices.one")).toMatchObject({ state: "ready", generation: 1 });
});
