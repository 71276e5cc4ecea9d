import { afterAll, describe, expect, test } from "bun:test";
import {
  changeConfig,
  EngineClient,
  getSlots,
  patchConfig,
  planSwap,
  speakText,
  startSwap,
} from "../../../../admin/client/mod.ts";

const asked: { method: string; path: string; headers: Headers; body: string }[] = [];
const answers: Response[] = [];
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  async fetch(request) {
    const { pathname, search } = new URL(request.url);
    const { method, headers } = request;
    asked.push({ method, path: pathname + search, headers, body: await request.text() });
    return answers.shift() ?? Response.json({});
  },
});
afterAll(() => server.stop(true));

const address = { url: server.url.href, token: "secret", readOnly: false };
const client = new EngineClient(address);

function problem(status: number, body: object): void {
  answers.push(Response.json(body, { status, headers: { "Content-Type": "application/problem+json" } }));
}

describe("a request to the engine", () => {
  test("carries the token, the body and the version that it is meant for", async () => {
    answers.push(Response.json({ version: 8 }));
    const outcome = await client.send(changeConfig(patchConfig({ speech: { maxQueue: 3 } }), 7));
    expect(outcome).toMatchObject({ ok: true, value: { version: 8 } });
    const { method, path, headers, body } = asked.at(-1)!;
    expect([method, path, body]).toEqual(["PATCH", "/control/config", '{"speech":{"maxQueue":3}}']);
    expect(headers.get("Authorization")).toBe("Bearer secret");
    expect(headers.get("If-Match")).toBe('"7"');
  });

  test("that is refused says why, with every mistake and its position", async () => {
    const errors = [
      { pointer: "/speech/maxQueue", message: "must be a number", origin: "a.jsonc", line: 3, column: 5 },
      { pointer: "/voces", message: "unknown" },
    ];
    problem(422, {
      type: "x",
      title: "x",
      status: 422,
      code: "config-invalid",
      detail: "The config is wrong",
      errors,
    });
    expect(await client.send(getSlots)).toEqual({
      ok: false,
      error: {
        code: "config-invalid",
        message: "The config is wrong",
        details: ["a.jsonc:3:5 /speech/maxQueue must be a number", "/voces unknown"],
        problems: errors,
      },
    });
  });

  test("reads errors of the speech API as well", async () => {
    problem(404, {
      error: { message: "No voice", type: "invalid_request_error", param: "voice", code: "voice-not-found" },
    });
    expect(await client.send(getSlots)).toMatchObject({
      ok: false,
      error: { code: "voice-not-found", message: "No voice" },
    });
  });

  test("that something else answers, e.g. a proxy, shows its answer", async () => {
    answers.push(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    const outcome = await client.send(getSlots);
    expect(outcome).toMatchObject({ ok: false, error: { code: "unreadable" } });
    expect(!outcome.ok && outcome.error.message).toContain("502 <h1>Bad gateway</h1>");
  });

  test("that nobody answers returns an error, and does not throw", async () => {
    const gone = new EngineClient({ ...address, url: "http://127.0.0.1:1" });
    expect(await gone.send(getSlots)).toMatchObject({ ok: false, error: { code: "unreachable" } });
  });
});

describe("a screen that only reads", () => {
  const reader = new EngineClient({ ...address, readOnly: true });

  test("sends nothing that would change the engine", async () => {
    const before = asked.length;
    expect(await reader.send(startSwap("voices.slt", { model: "x" }))).toMatchObject({
      error: { code: "read-only" },
    });
    expect(await reader.send(changeConfig(patchConfig({}), 1))).toMatchObject({
      error: { code: "read-only" },
    });
    expect(asked.length).toBe(before);
  });

  test("may speak a text, because that stores nothing, unless a sink is named", async () => {
    const { signal } = new AbortController();
    expect(await reader.stream(speakText({ input: "Hello" }), signal)).toMatchObject({ ok: true });
    expect(asked.at(-1)).toMatchObject({ path: "/v1/audio/speech", body: '{"input":"Hello"}' });
    const before = asked.length;
    const kept = speakText({ input: "Hello", sinks: ["archive"] });
    expect(await reader.stream(kept, signal)).toMatchObject({ error: { code: "read-only" } });
    expect(asked.length).toBe(before);
  });

  test("still shows what it would do", async () => {
    expect(await reader.send(planSwap("voices.slt", { model: "x" }))).toMatchObject({ ok: true });
    expect(asked.at(-1)?.path).toBe("/control/slots/voices.slt/swap?dryRun=true");
  });
});
