import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type {
  ConfigPlanView,
  ConfigVersion,
  ConfigView,
  PluginList,
  Problem,
  Status,
} from "../../schemas/generated/api.ts";
import { BEEP } from "../support/beeping-voice.ts";
import { CommandLine } from "../support/command-line.ts";
import { EngineProcess, ROOT, TONE_ONLY } from "../support/engine-process.ts";
import { addPlugin } from "../support/releases.ts";

const HOSTNAME = { allow: "/etc/hostname", reason: "To greet by name" };

async function addShy(home: string): Promise<void> {
  const permissions = { read: [HOSTNAME], env: ["GREETING"] };
  await addPlugin(home, { name: "shy", version: "1.0.0", permissions }, BEEP);
}

function start(voices: object, more: object = {}): Promise<EngineProcess> {
  const config = { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, ...voices }, ...more };
  return EngineProcess.start({ config, prepare: addShy });
}

async function shy(engine: EngineProcess) {
  const { plugins } = await engine.get<PluginList>("/control/plugins");
  return plugins.find(({ name }) => name === "shy")!;
}

async function grant<T = ConfigView>(
  engine: EngineProcess,
  body?: object,
  { query = "", name = "shy", headers = {} } = {},
): Promise<{ status: number; body: T }> {
  const response = await engine.post(`/control/plugins/${name}/grant${query}`, body, { headers });
  return { status: response.status, body: (await response.json()) as T };
}

async function speaks(engine: EngineProcess, voice: string): Promise<void> {
  const response = await engine.post("/v1/audio/speech", { input: "Hi.", voice, response_format: "pcm" });
  expect(response.status).toBe(200);
  expect((await response.bytes()).length).toBeGreaterThan(1_000);
}

describe("a plugin that is blocked", () => {
  test("is granted the missing permissions after a plan, and its voice loads by itself", async () => {
    await using engine = await start({ timid: { plugin: "shy" } });
    expect(await engine.slot("voices.timid")).toMatchObject({
      state: "failed",
      error: { code: "plugin-blocked" },
    });
    const tone = (await engine.slot("voices.tone")).instances[0]?.pid;

    const plan = await grant<ConfigPlanView>(engine, {}, { query: "?dryRun=true" });
    expect(plan.body).toMatchObject({
      base: 1,
      changes: [{ pointer: "/plugins/grants/shy", to: { read: [HOSTNAME], env: ["GREETING"] } }],
    });
    expect((await shy(engine)).state).toBe("blocked");
    const stale = await grant<Problem>(engine, {}, { headers: { "If-Match": '"7"' } });
    expect([stale.status, stale.body.code]).toEqual([409, "config-stale"]);

    const { status, body } = await grant(engine, undefined, { headers: { "If-Match": '"1"' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      version: 2,
      overrides: { plugins: { grants: { shy: { read: [HOSTNAME], env: ["GREETING"] } } } },
    });
    expect(await shy(engine)).toMatchObject({ state: "available", permissions: { missing: [] } });
    const slot = await engine.slot("voices.timid");
    expect([slot.state, slot.error]).toEqual(["ready", undefined]);
    await speaks(engine, "timid");
    expect((await engine.slot("voices.tone")).instances[0]?.pid).toBe(tone);
    expect(await engine.get<ConfigVersion>("/control/config/versions/2")).toMatchObject({
      cause: "patch",
      actor: "loopback",
      reason: "shy is granted read /etc/hostname, env GREETING",
    });
  });

  test("that is granted only some permissions stays blocked", async () => {
    await using engine = await start({ timid: { plugin: "shy" } });
    const [read, env] = (await shy(engine)).permissions.missing;
    expect((await grant(engine, { permissions: [read] })).status).toBe(200);
    expect(await shy(engine)).toMatchObject({ state: "blocked", permissions: { missing: [env] } });
    expect((await engine.slot("voices.timid")).state).toBe("failed");
    const { body } = await grant(engine, { version: "1.0.0", permissions: [env] });
    expect(body.document.plugins?.grants).toEqual({ shy: { read: [HOSTNAME], env: ["GREETING"] } });
    await speaks(engine, "timid");
  });

  test("keeps the grants of the file, and has all grants after a restart", async () => {
    await using engine = await start(
      { timid: { plugin: "shy" } },
      { plugins: { grants: { shy: { read: ["/srv"] }, other: { env: ["X"] } } } },
    );
    const { body } = await grant(engine);
    expect(body.document.plugins?.grants).toEqual({
      shy: { read: ["/srv", HOSTNAME], env: ["GREETING"] },
      other: { env: ["X"] },
    });
    engine.kill("SIGKILL");
    await engine.exited;
    await using again = await EngineProcess.start({ folder: engine.folder });
    expect((await shy(again)).state).toBe("available");
    await speaks(again, "timid");
  });

  test("makes a config that needs it rejected, and the config is applied by itself after the grant", async () => {
    await using engine = await start({});
    const config = { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, timid: { plugin: "shy" } } };
    expect(await engine.save(config)).toContain("To grant it: syrinx plugins grant shy@1.0.0");
    expect((await engine.get<Status>("/control/status")).config.sources[0]?.state).toBe("rejected");
    expect((await grant(engine)).body.version).toBe(3);
    expect((await engine.get<Status>("/control/status")).config.sources[0]?.state).toBe("accepted");
    await speaks(engine, "timid");
  });

  test("and on demand is loaded by its first request after the grant, and not before", async () => {
    await using engine = await start({ timid: { plugin: "shy", load: "on-demand" } });
    expect((await engine.slot("voices.timid")).state).toBe("failed");
    await grant(engine);
    const slot = await engine.slot("voices.timid");
    expect([slot.state, slot.error, slot.instances]).toEqual(["unloaded", undefined, []]);
    await speaks(engine, "timid");
  });

  test("is blocked again if the grant is not confirmed in time, and its running process continues", async () => {
    await using engine = await start({ timid: { plugin: "shy" } });
    await grant(engine, {}, { query: "?confirm=1" });
    await engine.logged("config version 3: revert");
    expect((await shy(engine)).state).toBe("blocked");
    await speaks(engine, "timid");
  });

  test("is not granted what it does not ask for; an empty grant, or one for a missing plugin, is refused", async () => {
    await using engine = await start({});
    const other = await grant<Problem>(engine, { permissions: [{ kind: "net", allow: "example.org" }] });
    expect(other).toMatchObject({ status: 400, body: { errors: [{ pointer: "/permissions/0" }] } });
    const unknown = await grant<Problem>(engine, {}, { name: "shie" });
    expect(unknown).toMatchObject({ status: 404, body: { code: "plugin-not-found" } });
    expect(unknown.body.detail).toContain("shy");
    const nothing = await grant<Problem>(engine, {}, { name: "piper" });
    expect(nothing).toMatchObject({ status: 409, body: { code: "nothing-to-grant" } });
    expect((await engine.get<ConfigView>("/control/config")).version).toBe(1);
  });
});

describe("a grant while the config is pinned", () => {
  test("adds to the grants of the sources; grants of the pinned config end with the pin", async () => {
    await using engine = await start({}, { plugins: { grants: { shy: { env: ["EARLIER"] } } } });
    await engine.save({ ...TONE_ONLY });
    await engine.post("/control/config/rollback", { version: 1 });
    const { body } = await grant(engine);
    const more = { read: [HOSTNAME], env: ["EARLIER", "GREETING"] };
    expect(body.document.plugins).toMatchObject({ grants: { shy: more } });
    await engine.post("/control/config/unpin");
    const { document } = await engine.get<ConfigView>("/control/config");
    expect(document.plugins).toMatchObject({ grants: { shy: { read: [HOSTNAME], env: ["GREETING"] } } });
  });
});

describe("syrinx plugins grant", () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = await CommandLine.open();
  });
  afterAll(() => line[Symbol.asyncDispose]());

  async function run(args: readonly string[]) {
    const { code, stdout, stderr } = await line.run(["plugins", ...args]);
    return { code, out: new TextDecoder().decode(stdout), err: stderr };
  }

  test("shows what would be granted and why, asks, grants, and lets the plugin run", async () => {
    await using engine = await EngineProcess.start({
      config: {
        ...TONE_ONLY,
        voices: {
          ...TONE_ONLY.voices,
          curious: {
            plugin: "curious",
            model: "en_US-slt-tiny",
            settings: { file: "/etc/shadow", outside: "/", tcpPort: 1, udpPort: 1 },
          },
        },
      },
      prepare: (home) =>
        cp(join(ROOT, "tests/fixtures/plugins/curious"), join(home, "plugins/curious"), { recursive: true }),
    });
    const home = ["--home", engine.home];
    const listed = await run(home);
    expect(listed.out).toMatch(/^curious +1\.0\.0 +voice +blocked /m);
    expect(listed.err).toContain("To grant it: syrinx plugins grant curious@1.0.0, or add to the config");

    const dry = await run(["grant", "curious", "--dry-run", ...home]);
    expect([dry.code, dry.err]).toEqual([0, ""]);
    expect(dry.out).toContain("CURIOUS_GRANTED");
    expect(dry.out).toContain("To see whether it comes through");
    const unasked = await run(["grant", "curious", ...home]);
    expect(unasked.code).toBe(2);
    expect(unasked.err).toEndWith("Nothing was changed because there is no terminal to ask on: add --yes\n");

    const granted = await run([...home, "grant", "curious@1.0.0", "--yes", "--json"]);
    expect(granted.code).toBe(0);
    expect((JSON.parse(granted.out) as ConfigView).version).toBe(2);
    expect((await run(home)).out).toMatch(/^curious +1\.0\.0 +voice +available /m);
    expect((await engine.slot("voices.curious")).state).toBe("ready");

    const again = await run(["grant", "curious", "--yes", ...home]);
    expect(again.code).toBe(1);
    expect(again.err).toBe(
      "syrinx: Nothing was granted because curious@1.0.0 is granted all that it asks for already. Config version 2 stays active\n",
    );
    const unknown = await run(["grant", "curios", "--yes", ...home]);
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('There is no plugin "curios"')]);
  });

  test("grants only what it showed, even if a newer release is installed before the answer", async () => {
    await using engine = await start({});
    // Between the plan and the change.
    await using between = Bun.serve({
      port: 0,
      async fetch(request) {
        const { pathname, search } = new URL(request.url);
        const body = request.body && { body: await request.text() };
        const { method, headers } = request;
        const response = await fetch(engine.url + pathname + search, { method, headers, ...body });
        const text = await response.text();
        if (search.includes("dryRun")) {
          await addPlugin(
            engine.home,
            { name: "shy", version: "1.1.0", permissions: { env: ["HOME"] } },
            BEEP,
          );
          await engine.post("/control/plugins/rescan");
        }
        return new Response(text, response);
      },
    });
    const { code, err } = await run(["grant", "shy", "--yes", "--url", `http://127.0.0.1:${between.port}`]);
    expect([code, err]).toEqual([0, expect.stringContaining("/etc/hostname")]);
    const { document } = await engine.get<ConfigView>("/control/config");
    expect(document.plugins).toMatchObject({ grants: { shy: { read: [HOSTNAME], env: ["GREETING"] } } });
  });
});
