import { expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Status } from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { freePort } from "../support/free-port.ts";

const config = (server: object, more: object = {}) => ({ ...TONE_ONLY, server, ...more });
const statusAt = async (url: string) => (await fetch(`${url}/control/status`)).json() as Promise<Status>;
const announced = async (engine: EngineProcess) =>
  (JSON.parse(await readFile(join(engine.home, "engine.json"), "utf8")) as { url: string }).url;

test("a new port in the config is used at once, and requests on the old port are finished", async () => {
  const [first, second] = [freePort(), freePort()];
  await using engine = await EngineProcess.start({ config: config({ port: first }), anyPort: false });
  expect(engine.url).toBe(`http://127.0.0.1:${first}`);
  const held = await engine.post("/v1/audio/speech", {
    input: "A sentence of twenty. ".repeat(300),
    response_format: "wav",
  });
  const from = engine.log.length;
  expect(await engine.save(config({ port: second }))).toContain("config version 2");
  const url = `http://127.0.0.1:${second}`;
  expect(engine.log.slice(from).join()).toContain(`listening on ${url} from now on`);
  expect(await announced(engine)).toBe(url);
  expect((await statusAt(url)).pid).toBe(engine.pid);
  await expect(fetch(`${engine.url}/healthz`)).rejects.toThrow();
  expect((await held.bytes()).length).toBeGreaterThan(1_000_000);

  // Taken by somebody else meanwhile.
  using taken = Bun.serve({ port: first, hostname: "127.0.0.1", fetch: () => new Response() });
  const more = { speech: { ...TONE_ONLY.speech, maxCharacters: 5 } };
  await engine.saveUnasked(config({ port: taken.port }, more));
  expect(await engine.logged("the config was rejected")).toContain("/server/port Cannot listen on");
  const { config: present, pid } = await statusAt(url);
  expect([pid, present.version, present.sources[0]!.state]).toEqual([engine.pid, 2, "rejected"]);
  const spoken = await fetch(`${url}/v1/audio/speech`, {
    method: "POST",
    body: JSON.stringify({ input: "More than five.", response_format: "pcm" }),
  });
  expect(spoken.status).toBe(200);
  await spoken.bytes();
});

test("an address outside loopback is refused without tokens, and with one taken by the same port", async () => {
  const port = freePort();
  await using engine = await EngineProcess.start({ config: config({ port }), anyPort: false });
  await engine.save(config({ port, host: "0.0.0.0" }));
  expect(await engine.logged("the config was rejected")).toContain("/server/tokens Cannot listen on 0.0.0.0");
  const sha256 = new Bun.CryptoHasher("sha256").update("me").digest("hex");
  const tokens = [{ name: "me", sha256, scopes: ["admin"] }];
  await engine.saveUnasked(config({ port, host: "0.0.0.0", tokens }));
  await engine.logged("config version 2");
  const status = async (init: RequestInit) => (await fetch(`${engine.url}/control/status`, init)).status;
  expect(await status({})).toBe(401);
  expect(await status({ headers: { Authorization: "Bearer me" } })).toBe(200);
});

test("a config whose slots fail to load leaves the engine at its old address", async () => {
  const [first, second] = [freePort(), freePort()];
  await using engine = await EngineProcess.start({ config: config({ port: first }), anyPort: false });
  const broken = { voices: { ...TONE_ONLY.voices, new: { plugin: "nowhere" } } };
  await engine.save(config({ port: second }, broken));
  await engine.logged("the config was rejected");
  expect((await statusAt(engine.url)).config.version).toBe(1);
  await expect(fetch(`http://127.0.0.1:${second}/healthz`)).rejects.toThrow();
  expect(await announced(engine)).toBe(engine.url);
});
