import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Problem, Status } from "../../schemas/generated/api.ts";
import type { EngineEvent } from "../../schemas/generated/event.ts";
import { CommandLine } from "../support/command-line.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { EventReader } from "../support/event-reader.ts";

type Token = (typeof TOKENS)[number];

const AS_ADMIN = { Authorization: "Bearer token to admin" };
const TOKENS = ["speak", "read", "admin"].map((scope) => ({
  name: scope,
  sha256: new Bun.CryptoHasher("sha256").update(`token to ${scope}`).digest("hex"),
  scopes: [scope],
}));

interface Call {
  method?: string;
  path: string;
  body?: object;
}

const CALLS = {
  speak: { method: "POST", path: "/v1/audio/speech", body: { input: "Hello.", response_format: "pcm" } },
  read: { path: "/control/status" },
  voices: { path: "/v1/audio/voices" },
  models: { path: "/v1/models" },
  swap: { method: "POST", path: "/control/slots/voices.tone/reload" },
} satisfies Record<string, Call>;

describe("on another address than loopback", () => {
  test("without tokens the engine refuses to start, and the commands that it prints make one that works", async () => {
    await using line = await CommandLine.open(TONE_ONLY);
    const { code, stdout, stderr } = await line.run(["start", "--host", "0.0.0.0", "--port", "0"]);
    expect([code, stdout.length]).toEqual([1, 0]);
    expect(stderr).toContain(
      "\nsyrinx: Cannot listen on 0.0.0.0 without tokens, because everybody who reaches it could call. Make one:\n",
    );

    const command = /^ {2}(token=.+)$/m.exec(stderr)![1]!;
    const shell = Bun.spawn(["sh", "-c", command], { stdio: ["ignore", "pipe", "inherit"] });
    const [token = "", sum = ""] = (await shell.stdout.text()).split("\n");
    const [sha256 = ""] = sum.split(" ");
    expect(await shell.exited).toBe(0);
    const document = JSON.parse(/\{"server".+$/m.exec(stderr)![0].replace('"..."', JSON.stringify(sha256)));

    await using engine = await EngineProcess.start({
      config: { ...TONE_ONLY, ...document },
      args: ["--host", "0.0.0.0"],
    });
    const headers = { Authorization: `Bearer ${token}` };
    expect((await fetch(`${engine.url}/control/status`, { headers })).status).toBe(200);
    expect((await fetch(`${engine.url}/control/status`)).status).toBe(401);
  });

  describe("with tokens", () => {
    let engine: EngineProcess;
    beforeAll(async () => {
      engine = await start(false);
    });
    afterAll(() => engine[Symbol.asyncDispose]());

    function start(publicVoices: boolean): Promise<EngineProcess> {
      const config = { ...TONE_ONLY, server: { tokens: TOKENS, publicVoices } };
      return EngineProcess.start({ config, args: ["--host", "0.0.0.0"] });
    }

    async function setTokens(of: EngineProcess, tokens: object[]): Promise<void> {
      const body = JSON.stringify({ server: { tokens } });
      const response = await fetch(`${of.url}/control/config`, { method: "PATCH", headers: AS_ADMIN, body });
      expect(response.status).toBe(200);
    }

    async function eventsStatus(of: EngineProcess, token: string): Promise<number> {
      const headers = { Authorization: `Bearer ${token}` };
      return (await fetch(`${of.url}/control/events`, { headers })).status;
    }

    /** @returns by call: its status */
    async function statuses(of: EngineProcess, token?: string): Promise<Record<string, number>> {
      const found: Record<string, number> = {};
      for (const [name, { path, method = "GET", body }] of Object.entries<Call>(CALLS)) {
        const response = await fetch(of.url + path, {
          method,
          headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
          ...(body && { body: JSON.stringify(body) }),
        });
        await response.bytes();
        found[name] = response.status;
      }
      return found;
    }

    test("a request without a token, or with an unknown one, is refused", async () => {
      const nothing = { speak: 401, read: 401, voices: 401, models: 401, swap: 401 };
      expect(await statuses(engine)).toEqual(nothing);
      expect(await statuses(engine, "token to guess")).toEqual(nothing);
      expect(await statuses(engine, TOKENS[2]!.sha256)).toEqual(nothing);
    });

    test("each token allows its scopes, and admin allows all", async () => {
      expect(await statuses(engine, "token to speak")).toEqual({
        speak: 200,
        read: 403,
        voices: 403,
        models: 403,
        swap: 403,
      });
      expect(await statuses(engine, "token to read")).toEqual({
        speak: 403,
        read: 200,
        voices: 200,
        models: 200,
        swap: 403,
      });
      expect(await statuses(engine, "token to admin")).toEqual({
        speak: 200,
        read: 200,
        voices: 200,
        models: 200,
        swap: 200,
      });
    });

    test("the status shows the caller and its scopes", async () => {
      const callers = ["read", "admin"].map(async (scope) => {
        const headers = { Authorization: `Bearer token to ${scope}` };
        return ((await (await fetch(`${engine.url}/control/status`, { headers })).json()) as Status).caller;
      });
      expect(await Promise.all(callers)).toEqual([
        { name: "read", scopes: ["read"] },
        { name: "admin", scopes: ["speak", "read", "admin"] },
      ]);
    });

    test("a refusal says what is needed", async () => {
      const headers = { Authorization: "Bearer token to speak" };
      const response = await fetch(`${engine.url}/control/status`, { headers });
      expect((await response.json()) as Problem).toMatchObject({
        code: "forbidden",
        detail: "The token has the scopes speak, and this needs read",
      });
    });

    test("healthz and readyz need no token", async () => {
      expect((await fetch(`${engine.url}/healthz`)).status).toBe(200);
      expect((await fetch(`${engine.url}/readyz`)).status).toBe(200);
    });

    test("a stream of events ends when its token or scope is removed, and other streams continue", async () => {
      await using open = await start(false);
      const [speak, read, admin] = TOKENS as [Token, Token, Token];
      await setTokens(open, [{ ...speak, scopes: ["speak", "read"] }, read, admin]);
      await using gone = await EventReader.open(open.url, { token: "token to read" });
      await using narrowed = await EventReader.open(open.url, { token: "token to speak" });
      await using kept = await EventReader.open(open.url, { token: "token to admin" });
      await setTokens(open, [speak, admin]);
      expect(await gone.until(() => false)).toBeUndefined();
      expect(await narrowed.until(() => false)).toBeUndefined();
      expect([await eventsStatus(open, "token to read"), await eventsStatus(open, "token to speak")]).toEqual(
        [401, 403],
      );
      await open.post("/control/slots/voices.tone/reload", undefined, { headers: AS_ADMIN });
      const isReloaded = (event: EngineEvent) => event.kind === "swap" && event.swap.stage === "done";
      expect(await kept.until(isReloaded)).toBeDefined();
    });

    test("server.publicVoices lets anyone read the lists of voices and models, and nothing else", async () => {
      await using open = await start(true);
      expect(await statuses(open)).toEqual({ speak: 401, read: 401, voices: 200, models: 200, swap: 401 });
    });
  });
});

describe("on loopback", () => {
  let engine: EngineProcess;
  beforeAll(async () => {
    engine = await EngineProcess.start({
      config: { ...TONE_ONLY, server: { allowedOrigins: ["https://console.example"] } },
    });
  });
  afterAll(() => engine[Symbol.asyncDispose]());

  async function status(headers: Record<string, string>, path = "/control/status"): Promise<number> {
    const response = await fetch(engine.url + path, { headers });
    await response.bytes();
    return response.status;
  }

  test("no token is needed for any route", async () => {
    const { ready, caller } = await engine.get<Status>("/control/status");
    expect(ready).toBe(true);
    expect(caller).toEqual({ name: "loopback", scopes: ["speak", "read", "admin"] });
  });

  test("a Host that is not a loopback name is refused, because a page could rebind its own name to this address", async () => {
    const { port } = new URL(engine.url);
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example", "192.168.1.2"])
      expect([host, await status({ Host: host })]).toEqual([host, 403]);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
      expect([host, await status({ Host: host })]).toEqual([host, 200]);
    expect(await status({ Host: "evil.example" }, "/healthz")).toBe(403);
  });

  test("a page of another origin may not call, unless it is of this machine or allowed", async () => {
    for (const origin of ["https://evil.example", "http://localhost.evil.example", "null"])
      expect([origin, await status({ Origin: origin })]).toEqual([origin, 403]);
    for (const origin of ["http://127.0.0.1:8000", "http://localhost:8000", "https://console.example"])
      expect([origin, await status({ Origin: origin })]).toEqual([origin, 200]);
  });

  test("a foreign page's request does nothing: it does not speak, swap or look for plugins", async () => {
    const before = await engine.get<Status>("/control/status");
    const headers = { Origin: "https://evil.example" };
    for (const { path, body } of [
      { path: "/v1/audio/speech", body: { input: "Hello." } },
      { path: "/control/slots/voices.tone/reload" },
      { path: "/control/plugins/rescan" },
    ]) {
      const response = await engine.post(path, body, { headers });
      expect([path, response.status]).toEqual([path, 403]);
    }
    const { counts } = await engine.get<Status>("/control/status");
    expect(counts).toEqual(before.counts);
    expect((await engine.slot("voices.tone")).generation).toBe(1);
  });

  test("a browser's preflight passes for a page of this machine, and fails for a foreign one", async () => {
    const preflight = (origin: string) =>
      fetch(`${engine.url}/v1/audio/speech`, {
        method: "OPTIONS",
        headers: {
          Origin: origin,
          "Access-Control-Request-Method": "POST",
          "Access-Control-Request-Headers": "content-type,authorization",
        },
      });
    const allowed = (await preflight("http://127.0.0.1:8000")).headers;
    expect(allowed.get("Access-Control-Allow-Origin")).toBe("http://127.0.0.1:8000");
    expect(allowed.get("Access-Control-Allow-Methods")).toContain("POST");
    expect(allowed.get("Access-Control-Allow-Headers")).toContain("content-type");
    expect(allowed.get("Vary")).toContain("Origin");
    const refused = (await preflight("https://evil.example")).headers;
    expect(refused.get("Access-Control-Allow-Origin")).toBeNull();
  });

  test("a page of this machine can read who spoke", async () => {
    const headers = { Origin: "http://127.0.0.1:8000" };
    const response = await engine.post("/v1/audio/speech", { input: "Hello." }, { headers });
    await response.bytes();
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe("http://127.0.0.1:8000");
    expect(response.headers.get("Access-Control-Expose-Headers")).toContain("X-Syrinx-Release");
  });

  test("::1 is loopback as well", async () => {
    await using other = await EngineProcess.start({ config: TONE_ONLY, args: ["--host", "::1"] });
    expect(other.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await other.get<Status>("/control/status")).ready).toBe(true);
    const written = JSON.parse(await readFile(join(other.home, "engine.json"), "utf8")) as { url: string };
    expect(written.url).toBe(other.url);
  });
});
