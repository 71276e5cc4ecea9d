import { describe, expect, test } from "bun:test";
import type {
  ConfigDiff,
  ConfigPlanView,
  ConfigVersion,
  ConfigVersionList,
  ConfigView,
  Problem,
} from "../../schemas/generated/api.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";

const JSON_TYPE = { "Content-Type": "application/json" };

/** What is asked of /control/config, and its answer, whatever it is. */
async function ask<T = ConfigView>(
  engine: EngineProcess,
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; etag: string | null; body: T }> {
  const response = await fetch(`${engine.url}/control/config${path}`, {
    method,
    headers: { ...JSON_TYPE, ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, etag: response.headers.get("ETag"), body: (await response.json()) as T };
}

const hertz = (value: number) => ({ voices: { tone: { settings: { hertz: value } } } });

/** @returns the pitch of the voice that serves */
async function runs(engine: EngineProcess): Promise<number | undefined> {
  const { running } = await engine.slot("voices.tone");
  return (running?.settings as { hertz?: number } | undefined)?.hertz;
}

describe("the config over HTTP", () => {
  test("is read with its ETag and patched, which works at once and after a restart; a stale change is refused", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const seen = await ask(engine, "GET", "");
    expect(seen).toMatchObject({ status: 200, etag: '"1"', body: { version: 1 } });
    const patched = await ask(engine, "PATCH", "", hertz(300), { "If-Match": '"1"' });
    expect(patched).toMatchObject({ status: 200, etag: '"2"', body: { overrides: hertz(300) } });
    expect(await runs(engine)).toBe(300);
    const stale = await ask<Problem>(engine, "PATCH", "", hertz(400), { "If-Match": '"1"' });
    expect(stale).toMatchObject({ status: 409, body: { code: "config-stale" } });
    const bad = await ask<Problem>(engine, "PATCH", "", { speech: { maxQeue: 3 } });
    expect(bad).toMatchObject({
      status: 422,
      body: { code: "config-invalid", errors: [{ pointer: "/speech/maxQeue", origin: "overrides" }] },
    });
    expect(await ask<Problem>(engine, "PATCH", "", {}, { "If-Match": "x" })).toMatchObject({ status: 400 });

    engine.kill("SIGKILL");
    await engine.exited;
    await using again = await EngineProcess.start({ folder: engine.folder });
    expect(await runs(again)).toBe(300);
    const dropped = await ask(again, "DELETE", "/overrides?pointer=/voices/tone/settings/hertz");
    expect(dropped).toMatchObject({ status: 200, etag: '"3"' });
    expect(dropped.body.overrides).toBeUndefined();
    expect(await runs(again)).toBe(440);
    const { body } = await ask<Problem>(again, "DELETE", "/overrides?pointer=/voices/tone");
    expect(body.code).toBe("not-found");
  });

  test("is planned, with a verdict on memory for what is loaded, and nothing is done", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const patch = { voices: { tone: { settings: { hertz: 300 } }, other: { plugin: "nothing-like-it" } } };
    const plan = await ask<ConfigPlanView>(engine, "POST", "/plan", { patch });
    expect(plan.body.slots).toMatchObject([
      {
        slot: "voices.tone",
        action: "swap",
        cost: "load",
        memory: { verdict: "fits-beside", device: "cpu" },
      },
      {
        slot: "voices.other",
        action: "add",
        cost: "load",
        problem: expect.stringContaining("nothing-like-it"),
      },
    ]);
    const dry = await ask<ConfigPlanView>(engine, "PATCH", "?dryRun=true", patch);
    expect(dry.body.slots.map(({ action }) => action)).toEqual(["swap", "add"]);
    expect((await ask(engine, "GET", "")).body.version).toBe(1);
    expect(await ask<Problem>(engine, "POST", "/plan", {})).toMatchObject({ status: 400 });
  });

  test("reverts when a change is not confirmed, also after a crash", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const from = engine.log.length;
    const view = await ask(engine, "PATCH", "?confirm=200", hertz(300));
    expect(view.body.unconfirmed).toMatchObject({ version: 2, actor: "loopback" });
    await engine.logged("revert by loopback, applied", from);
    expect(await runs(engine)).toBe(440);
    const late = await ask<Problem>(engine, "POST", "/confirm");
    expect(late).toMatchObject({ status: 409, body: { code: "nothing-to-confirm" } });
    await ask(engine, "PATCH", "?confirm=600000", hertz(400));
    expect((await ask(engine, "POST", "/confirm")).body.unconfirmed).toBeUndefined();
    await ask(engine, "PATCH", "?confirm=600000", hertz(500));
    expect(await runs(engine)).toBe(500);
    engine.kill("SIGKILL");
    await engine.exited;
    await using again = await EngineProcess.start({ folder: engine.folder });
    expect(await runs(again)).toBe(400);
  });

  test("has versions that can be listed, read, compared and rolled back to, which pins", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    await ask(engine, "PATCH", "", hertz(300));
    await ask(engine, "PATCH", "", { voices: 3 });
    const { body: list } = await ask<ConfigVersionList>(engine, "GET", "/versions?limit=1");
    expect(list).toMatchObject({
      versions: [{ number: 2, cause: "patch", actor: "loopback", outcome: "applied" }],
      rejections: [{ base: 2, outcome: "rejected" }],
      before: 2,
    });
    const { body: first } = await ask<ConfigVersion>(engine, "GET", "/versions/1");
    const { body: diff } = await ask<ConfigDiff>(engine, "GET", "/versions/2/diff");
    expect(diff).toEqual({
      from: 1,
      to: 2,
      patch: [{ op: "add", path: "/voices/tone/settings/hertz", value: 300 }],
      changes: [{ pointer: "/voices/tone/settings/hertz", to: 300 }],
    });
    expect((await ask<ConfigDiff>(engine, "GET", "/versions/1/diff?against=2")).body.patch).toEqual([
      { op: "remove", path: "/voices/tone/settings/hertz" },
    ]);
    expect(await ask<Problem>(engine, "GET", "/versions/9")).toMatchObject({ status: 404 });

    const rolled = await ask(engine, "POST", "/rollback", { version: 1, reason: "too high" });
    expect(rolled).toMatchObject({ etag: '"3"', body: { pinned: { version: 1, reason: "too high" } } });
    expect(JSON.stringify(rolled.body.document)).toBe(JSON.stringify(first.document));
    expect(await runs(engine)).toBe(440);
    const from = engine.log.length;
    await Bun.write(
      engine.configFile,
      JSON.stringify({ ...TONE_ONLY, speech: { ...TONE_ONLY.speech, maxQueue: 3 } }),
    );
    await engine.logged("is held until an unpin", from);
    const pointers = ["/voices/tone/settings/hertz", "/speech/maxQueue"];
    const { body: held } = await ask(engine, "GET", "");
    expect(held.held?.changes.map(({ pointer }) => pointer)).toEqual(pointers);
    const { body: plan } = await ask<ConfigPlanView>(engine, "POST", "/unpin?dryRun=true");
    expect(plan.changes.map(({ pointer }) => pointer)).toEqual(pointers);
    const { body: free } = await ask(engine, "POST", "/unpin");
    expect(free).toMatchObject({ version: 4, document: { speech: { maxQueue: 3 } } });
    expect(await runs(engine)).toBe(300);
  });

  test("knows whose token changed it", async () => {
    const sha256 = new Bun.CryptoHasher("sha256").update("secret").digest("hex");
    const server = { tokens: [{ name: "ann", sha256, scopes: ["admin"] }] };
    await using engine = await EngineProcess.start({
      config: { ...TONE_ONLY, server },
      args: ["--host", "0.0.0.0"],
    });
    const token = { Authorization: "Bearer secret" };
    expect(await ask<Problem>(engine, "PATCH", "", hertz(300))).toMatchObject({ status: 401 });
    await ask(engine, "PATCH", "", hertz(300), token);
    const { body } = await ask<ConfigVersion>(engine, "GET", "/versions/2", undefined, token);
    expect(body.actor).toBe("ann");
  });
});
