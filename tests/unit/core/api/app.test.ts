import { describe, expect, test } from "bun:test";
import type { AccessRules } from "../../../../core/api/access.ts";
import { ActivityTracker } from "../../../../core/api/activity-tracker.ts";
import { createApp, MAX_BODY_BYTES } from "../../../../core/api/app.ts";
import type { Operation } from "../../../../core/api/operation.ts";
import { systemClock } from "../../../../core/clock.ts";
import { ERROR_CODES, type ErrorCode, SyrinxError } from "../../../../core/errors.ts";
import type { Logger } from "../../../../core/log.ts";
import { validator } from "../../../../core/schema.ts";
import type { OpenAiError, Problem } from "../../../../schemas/generated/api.ts";

const isProblem = validator<Problem>("syrinx:api#/$defs/Problem");
const isOpenAiError = validator<OpenAiError>("syrinx:api#/$defs/OpenAiError");
const LOCAL: AccessRules = { tokens: [], allowedOrigins: [], publicVoices: false, loopback: true };
const REMOTE: AccessRules = { ...LOCAL, loopback: false };
const common = { tag: "control", scope: "read", summary: "", responses: {} } as const;

/** Echo routes that take bodies, and one that fails as its path says. */
const operations: Operation[] = [
  {
    ...common,
    method: "post",
    path: "/v1/audio/speech",
    scope: "speak",
    body: "syrinx:api#/$defs/SpeechRequest",
    handle: (context, body) => context.json({ body }),
  },
  {
    ...common,
    method: "post",
    path: "/control/slots/{slot}/swap",
    scope: "admin",
    body: "syrinx:api#/$defs/SwapRequest",
    handle: (context, body) => context.json({ slot: context.req.param("slot"), body }),
  },
  {
    ...common,
    method: "post",
    path: "/control/optional",
    body: "syrinx:api#/$defs/SandboxStatus",
    bodyOptional: true,
    handle: (context, body) => context.json({ body }),
  },
  ...["/control/fail/{code}", "/v1/fail/{code}"].map((path): Operation => ({
    ...common,
    method: "get",
    path,
    handle(context) {
      const code = context.req.param("code") ?? "";
      if (code === "fault") throw new TypeError("undefined is not a function");
      throw new SyrinxError(code as ErrorCode, "why", { retryAfter: 7 });
    },
  })),
  { ...common, method: "get", path: "/healthz", scope: "public", handle: (context) => context.text("ok\n") },
];

function open(rules = LOCAL) {
  const logged: unknown[][] = [];
  const log = { error: (...entry: unknown[]) => logged.push(entry) } as unknown as Logger;
  const app = createApp({
    operations,
    access: () => rules,
    activity: new ActivityTracker(systemClock),
    version: "9.9.9",
    log,
  });
  const request = (path: string, init: RequestInit = {}) =>
    app.request(path, { ...init, headers: { host: "127.0.0.1:7851", ...init.headers } });
  const post = (path: string, body: unknown) =>
    request(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) });
  return { app, logged, request, post };
}

async function problem(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body: unknown = await response.json();
  if (!isProblem(body)) throw new Error(JSON.stringify(isProblem.violations()));
  expect(body.status).toBe(response.status);
  return body;
}

async function openAiError(response: Response): Promise<OpenAiError["error"]> {
  expect(response.headers.get("content-type")).toBe("application/json");
  const body: unknown = await response.json();
  if (!isOpenAiError(body)) throw new Error(JSON.stringify(isOpenAiError.violations()));
  return body.error;
}

describe("a body", () => {
  test("that is valid reaches the route unchanged, with any content type", async () => {
    const response = await open().post("/v1/audio/speech", { input: "hi", voice: "slt" });
    expect(await response.json()).toEqual({ body: { input: "hi", voice: "slt" } });
  });

  test("with an unknown field is refused with the nearest known field", async () => {
    const response = await open().post("/v1/audio/speech", { input: "hi", voise: "slt" });
    expect(response.status).toBe(400);
    expect(await openAiError(response)).toEqual({
      message: 'The body is not valid: /voise: unknown key "voise" (did you mean "voice"?)',
      type: "invalid_request_error",
      param: "voise",
      code: "body-invalid",
    });
  });

  test("with several mistakes is refused with all of them and their positions", async () => {
    const response = await open().post("/control/slots/voices.slt/swap", { device: "gpu", model: 3 });
    expect((await problem(response)).errors?.map(({ pointer }) => pointer).sort()).toEqual([
      "/device",
      "/model",
    ]);
  });

  test.each(["", "{", "nonsense", "[1,"])("that is not JSON (%p) is refused", async (text) => {
    const response = await open().post("/control/slots/voices.slt/swap", text);
    expect(response.status).toBe(400);
    expect(await problem(response)).toMatchObject({
      code: "body-invalid",
      detail: expect.stringContaining("The body is not JSON: "),
    });
  });

  test.each(["null", "3", '"text"', "[]"])("that is JSON of another type (%s) is refused", async (text) => {
    const response = await open().post("/control/slots/voices.slt/swap", text);
    expect(await problem(response)).toMatchObject({ code: "body-invalid", errors: [{ pointer: "" }] });
  });

  test("may be left out where the route says so, and is checked all the same if it is not", async () => {
    const app = open();
    expect((await problem(await app.post("/control/optional", " "))).detail).toContain(
      '"enforced" is missing',
    );
    const response = await app.post("/control/optional", { enforced: true, summary: "" });
    expect(await response.json()).toEqual({ body: { enforced: true, summary: "" } });
  });

  test("of the largest size passes, and one byte more does not, by its header or by its content", async () => {
    const app = open();
    const text = (bytes: number) => JSON.stringify({ input: "x".repeat(bytes - '{"input":""}'.length) });
    expect((await app.post("/v1/audio/speech", text(MAX_BODY_BYTES))).status).toBe(200);

    const told = await app.request("/v1/audio/speech", {
      method: "POST",
      headers: { "content-length": String(MAX_BODY_BYTES + 1) },
      body: text(MAX_BODY_BYTES + 1),
    });
    expect(told.status).toBe(413);
    expect(await openAiError(told)).toMatchObject({ code: "body-too-large" });

    const read = await app.request("/control/slots/x/swap", {
      method: "POST",
      headers: { "transfer-encoding": "chunked" },
      body: new Blob([text(MAX_BODY_BYTES + 1)]).stream(),
    });
    expect(read.status).toBe(413);
    expect(await problem(read)).toMatchObject({ code: "body-too-large" });
    expect(app.logged).toEqual([]);
  });
});

describe("an error", () => {
  test.each(Object.keys(ERROR_CODES))(
    "%s is problem+json on /control and OpenAI's shape on /v1",
    async (code) => {
      const app = open();
      expect(await problem(await app.request(`/control/fail/${code}`))).toMatchObject({
        code,
        detail: "why",
      });
      expect(await openAiError(await app.request(`/v1/fail/${code}`))).toMatchObject({
        code,
        message: "why",
      });
    },
  );

  test("that is temporary says when to retry", async () => {
    const response = await open().request("/v1/fail/slot-loading");
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "7"]);
  });

  test("that is unexpected is a 500 with an id, and is logged", async () => {
    const app = open();
    const response = await app.request("/control/fail/fault");
    expect(response.status).toBe(500);
    expect(await problem(response)).toMatchObject({ code: "internal" });
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(app.logged).toHaveLength(1);
    expect(app.logged[0]?.[0]).toMatchObject({ path: "/control/fail/fault", err: expect.any(TypeError) });
  });

  test("that a caller caused is not logged", async () => {
    const app = open();
    await app.request("/control/fail/forbidden");
    await app.request("/nowhere");
    expect(app.logged).toEqual([]);
  });
});

describe("a route", () => {
  test("gets the parameters of its path", async () => {
    const response = await open().post("/control/slots/voices.slt/swap", { plugin: "tone" });
    expect(await response.json()).toEqual({ slot: "voices.slt", body: { plugin: "tone" } });
  });

  test("that does not exist is a 404 in the format of its API", async () => {
    const app = open();
    const control = await app.request("/control/nothing");
    expect(control.status).toBe(404);
    expect(await problem(control)).toMatchObject({ detail: "There is no GET /control/nothing" });
    const v1 = await app.request("/v1/audio/speech");
    expect(v1.status).toBe(404);
    expect(await openAiError(v1)).toMatchObject({ code: "not-found" });
  });

  test("is guarded: by the Host header here, by a token elsewhere", async () => {
    const rebound = await open().request("/control/fail/internal", { headers: { host: "evil.example" } });
    expect(await problem(rebound)).toMatchObject({ status: 403, code: "forbidden" });
    const remote = open(REMOTE);
    expect(await problem(await remote.request("/control/fail/internal"))).toMatchObject({ status: 401 });
    expect((await remote.request("/healthz")).status).toBe(200);
  });

  test("is guarded before its body is read", async () => {
    const response = await open(REMOTE).post("/control/slots/x/swap", "not json");
    expect(response.status).toBe(401);
  });

  test("has a response with its own id", async () => {
    const app = open();
    const ids = await Promise.all(
      [1, 2].map(async () => (await app.request("/healthz")).headers.get("x-request-id")),
    );
    expect(ids[0]).not.toBe(ids[1]);
  });

  test("is described in /openapi.json, which describes itself too", async () => {
    const document = (await (await open().request("/openapi.json")).json()) as {
      paths: object;
      info: object;
    };
    expect(document.info).toMatchObject({ version: "9.9.9" });
    expect(Object.keys(document.paths)).toContain("/control/slots/{slot}/swap");
    expect(Object.keys(document.paths)).toContain("/openapi.json");
  });
});

describe("a page in a browser", () => {
  /** As SillyTavern's page asks before it speaks. */
  const preflight = (origin: string) => ({
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,cache-control,content-type",
    },
  });

  test("on this machine may call: its preflight is answered without a token, with every header it asks for", async () => {
    for (const rules of [LOCAL, REMOTE]) {
      const response = await open(rules).request("/v1/audio/speech", preflight("http://127.0.0.1:8000"));
      expect(response.status).toBe(204);
      expect(response.headers.get("access-control-allow-origin")).toBe("http://127.0.0.1:8000");
      expect(response.headers.get("access-control-allow-methods")).toContain("POST");
      const allowed = response.headers.get("access-control-allow-headers")?.toLowerCase().split(/, ?/);
      expect(allowed).toEqual(["authorization", "cache-control", "content-type"]);
    }
  });

  test("on this machine may read the answer and who spoke, errors included", async () => {
    const app = open();
    for (const path of ["/healthz", "/v1/fail/internal", "/nowhere"]) {
      const response = await app.request(path, { headers: { origin: "http://localhost:8000" } });
      expect(response.headers.get("access-control-allow-origin")).toBe("http://localhost:8000");
      expect(response.headers.get("access-control-expose-headers")).toContain("X-Syrinx-Generation");
      expect(response.headers.get("vary")?.toLowerCase()).toContain("origin");
    }
  });

  test("on the internet may neither ask, nor call, nor read the refusal", async () => {
    const app = open();
    const asked = await app.request("/v1/audio/speech", preflight("https://evil.example"));
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
    const called = await app.request("/healthz", { headers: { origin: "https://evil.example" } });
    expect(called.status).toBe(403);
    expect(called.headers.get("access-control-allow-origin")).toBeNull();
    expect(await problem(called)).toMatchObject({
      detail: "The origin https://evil.example may not call: add it to server.allowedOrigins",
    });
  });

  test("on the internet may call once its origin is allowed", async () => {
    const app = open({ ...LOCAL, allowedOrigins: ["https://app.example"] });
    const response = await app.request("/healthz", { headers: { origin: "https://app.example" } });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example");
  });
});
