import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { systemClock } from "../../../../../core/clock.ts";
import { type Allowance, EgressProxy, parseAllowance } from "../../../../../core/instances/egress/mod.ts";
import type { EventBody } from "../../../../../core/journal/mod.ts";
import { HandClock } from "../../../../support/hand-clock.ts";
import { silentLog } from "../../../../support/silent-log.ts";
import { until } from "../../../../support/until.ts";

let origin: Bun.Server<undefined>;
let echo: ReturnType<typeof createServer>;
let echoPort: number;
let proxy: EgressProxy;
const events: EventBody[] = [];
const NAMES: Record<string, string[]> = { "inner.example": ["127.0.0.1"], "dead.example": ["127.0.0.1"] };

beforeAll(async () => {
  origin = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const body = await request.text();
      return Response.json({
        path: new URL(request.url).pathname,
        host: request.headers.get("host"),
        secret: request.headers.get("proxy-authorization"),
        length: body.length,
      });
    },
  });
  echo = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
  await once(echo, "listening");
  echoPort = (echo.address() as { port: number }).port;
  proxy = new EgressProxy({
    clock: systemClock,
    log: silentLog(),
    report: (event) => void events.push(event),
    lookup: async (host) => NAMES[host] ?? Promise.reject(new Error("ENOTFOUND")),
  });
});

afterAll(async () => {
  await proxy.close();
  await origin.stop(true);
  echo.close();
});

function admit(...entries: string[]) {
  return proxy.admit(
    "voices.test",
    entries.map((entry) => parseAllowance(entry) as Allowance),
  );
}

/** @returns a connection to the proxy, and the head that lets it in */
async function dial(pass: Awaited<ReturnType<typeof admit>>): Promise<{ socket: Socket; letIn: string }> {
  const { username, password } = new URL(pass.variables.HTTP_PROXY ?? "");
  const socket = connect({ host: "127.0.0.1", port: pass.port, allowHalfOpen: true });
  await once(socket, "connect");
  return { socket, letIn: `Proxy-Authorization: Basic ${btoa(`${username}:${password}`)}\r\n` };
}

/** Sends text, and reads until the other side ends. */
async function talk(socket: Socket, text: string): Promise<string> {
  let answer = "";
  socket.on("data", (chunk: Buffer) => (answer += chunk.toString("latin1")));
  socket.on("error", () => {});
  const closed = Promise.race([once(socket, "end"), once(socket, "close")]);
  socket.write(text);
  await closed;
  socket.destroy();
  return answer;
}

describe("a plugin with a pass", () => {
  test("gets the answer of what it was granted, which sees neither its secret nor another host's name", async () => {
    const pass = await admit(`127.0.0.1:${origin.port}`);
    const { socket, letIn } = await dial(pass);
    const answer = await talk(
      socket,
      `POST http://127.0.0.1:${origin.port}/a HTTP/1.1\r\nHost: other\r\n${letIn}Content-Length: 3\r\n\r\nabc`,
    );
    expect(answer).toContain("Connection: close\r\n");
    expect(JSON.parse(answer.slice(answer.indexOf("{")))).toEqual({
      path: "/a",
      host: `127.0.0.1:${origin.port}`,
      secret: null,
      length: 3,
    });
    pass.revoke();
  });

  test("gets a tunnel, through which many megabytes come whole both ways, the end included", async () => {
    const pass = await admit(`127.0.0.1:${echoPort}`);
    const { socket, letIn } = await dial(pass);
    socket.write(`CONNECT 127.0.0.1:${echoPort} HTTP/1.1\r\n${letIn}\r\n`);
    const [established] = (await once(socket, "data")) as [Buffer];
    expect(established.toString()).toBe("HTTP/1.1 200 Connection Established\r\n\r\n");
    const sent = Buffer.alloc(8 * 1024 * 1024, "syrinx");
    const parts: Buffer[] = [];
    socket.on("data", (part: Buffer) => parts.push(part));
    const ended = once(socket, "end");
    socket.end(sent);
    await ended;
    expect(Buffer.concat(parts).equals(sent)).toBe(true);
    pass.revoke();
  });

  test("is refused what it was not granted, with an event", async () => {
    const pass = await admit(`127.0.0.1:${origin.port}`);
    for (const method of ["CONNECT 127.0.0.1:1", "GET http://127.0.0.1:1/"]) {
      const { socket, letIn } = await dial(pass);
      const answer = await talk(socket, `${method} HTTP/1.1\r\n${letIn}\r\n`);
      expect(answer).toStartWith("HTTP/1.1 403 Forbidden\r\n");
      expect(answer).toEndWith("\r\n\r\n127.0.0.1:1 was not granted\n");
    }
    expect(events.filter(({ kind }) => kind === "refusal")).toEqual([
      {
        kind: "refusal",
        slot: "voices.test",
        target: "127.0.0.1:1",
        reason: "127.0.0.1:1 was not granted",
        untold: 0,
      },
    ]);
    pass.revoke();
  });

  test("is refused a name that was granted and has turned to this machine", async () => {
    const pass = await admit(`inner.example:${origin.port}`);
    const { socket, letIn } = await dial(pass);
    expect(await talk(socket, `GET http://inner.example:${origin.port}/ HTTP/1.1\r\n${letIn}\r\n`)).toContain(
      "127.0.0.1",
    );
    pass.revoke();
  });

  test("is told what cannot be reached or looked up", async () => {
    const pass = await admit("gone.example:80", "dead.example:9", "127.0.0.1:9");
    for (const host of ["gone.example:80", "dead.example:9"]) {
      const { socket, letIn } = await dial(pass);
      expect(await talk(socket, `CONNECT ${host} HTTP/1.1\r\n${letIn}\r\n`)).toStartWith(
        "HTTP/1.1 502 Bad Gateway\r\n",
      );
    }
    pass.revoke();
  });

  test("loses its connections, and gets no new one, when the pass is revoked", async () => {
    const pass = await admit(`127.0.0.1:${echoPort}`);
    const { socket, letIn } = await dial(pass);
    socket.write(`CONNECT 127.0.0.1:${echoPort} HTTP/1.1\r\n${letIn}\r\n`);
    await once(socket, "data");
    const closed = once(socket, "close");
    socket.on("error", () => {}).on("end", () => socket.destroy());
    pass.revoke();
    await closed;
    await expect(dial(pass)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

test("a pass has the variables of the proxy in both spellings, with an empty NO_PROXY", async () => {
  const pass = await admit();
  const url = expect.stringMatching(new RegExp(`^http://plugin:[0-9a-f]{64}@127\\.0\\.0\\.1:${pass.port}$`));
  expect(pass.variables).toEqual({
    HTTP_PROXY: url,
    HTTPS_PROXY: url,
    NO_PROXY: "",
    http_proxy: url,
    https_proxy: url,
    no_proxy: "",
  });
  pass.revoke();
});

test("a plugin may have 128 connections; another one is refused until one of them ends", async () => {
  const pass = await admit(`127.0.0.1:${echoPort}`);
  const tunnel = async () => {
    const { socket, letIn } = await dial(pass);
    socket.on("error", () => {});
    socket.write(`CONNECT 127.0.0.1:${echoPort} HTTP/1.1\r\n${letIn}\r\n`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    return { socket, answer: answer.toString("latin1").split("\r\n", 1)[0] };
  };
  const tunnels = await Promise.all(Array.from({ length: 128 }, tunnel));
  expect(tunnels.filter(({ answer }) => answer !== "HTTP/1.1 200 Connection Established")).toEqual([]);
  const beyond = await tunnel();
  expect(beyond.answer).toBe("HTTP/1.1 503 Service Unavailable");
  const [first] = tunnels;
  const closed = once(first!.socket, "close");
  first!.socket.end().resume();
  await closed;
  let again = await tunnel();
  // The proxy may hear of the end a moment later.
  for (let tries = 0; again.answer?.includes("503") && tries < 100; tries++) again = await tunnel();
  expect(again.answer).toBe("HTTP/1.1 200 Connection Established");
  pass.revoke();
});

describe("connections that say nothing", () => {
  /** Opens connections, and counts those that the proxy leaves open. */
  async function stayMute(pass: Awaited<ReturnType<typeof admit>>, count: number) {
    let open = count;
    const dialled = await Promise.all(Array.from({ length: count }, () => dial(pass)));
    for (const { socket } of dialled) {
      socket.on("error", () => {}).on("end", () => socket.destroy());
      socket.once("close", () => open--);
      socket.resume();
    }
    return () => open;
  }

  test("count before they say whose they are: the 129th is closed at once, and one event names the plugin", async () => {
    const pass = await admit(`127.0.0.1:${origin.port}`);
    const from = events.length;
    const open = await stayMute(pass, 1_000);
    expect(
      await until("the connections beyond the limit are closed", open, { is: (left) => left <= 128 }),
    ).toBe(128);
    expect(events.slice(from)).toEqual([
      {
        kind: "refusal",
        slot: "voices.test",
        target: `127.0.0.1:${pass.port}`,
        reason: "The plugin has 128 connections, and may not have more",
        untold: 0,
      },
    ]);
    pass.revoke();
  });

  test("of many instances leave a few to each other instance", async () => {
    const greedy = await Promise.all(Array.from({ length: 6 }, () => admit()));
    const held = await Promise.all(greedy.map((pass) => stayMute(pass, 200)));
    const open = () => held.reduce((sum, one) => sum + one(), 0);
    // 512 in all, and 16 for each that came late.
    await until("the connections beyond the limits are closed", open, { is: (left) => left <= 512 + 2 * 16 });
    const pass = await admit(`127.0.0.1:${origin.port}`);
    for (let n = 0; n < 20; n++) {
      const { socket, letIn } = await dial(pass);
      const text = `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\n${letIn}\r\n`;
      expect(await talk(socket, text)).toStartWith("HTTP/1.1 200 OK");
    }
    for (const one of [...greedy, pass]) one.revoke();
  });

  test("are closed when no head has come within 10 s", async () => {
    const clock = new HandClock();
    const waiting = new EgressProxy({ clock, log: silentLog(), report: () => {} });
    const pass = await waiting.admit("voices.test", []);
    const { socket } = await dial(pass);
    await clock.timer();
    const answered = talk(socket, "GET");
    clock.pass(10_000);
    expect(await answered).toStartWith("HTTP/1.1 408 Request Timeout");
    await waiting.close();
  });
});

test("a plugin that makes too many connections in a second finds nobody there for a while, and then is served again", async () => {
  const clock = new HandClock();
  const reasons: string[] = [];
  const paced = new EgressProxy({
    clock,
    log: silentLog(),
    report: (event) => void (event.kind === "refusal" && reasons.push(event.reason)),
  });
  const pass = await paced.admit("voices.test", []);
  const ask = async () => {
    const { socket } = await dial(pass);
    return (await talk(socket, "nonsense\r\n\r\n")).split("\r\n", 1)[0];
  };
  let made = 0;
  while ((await ask().catch(() => "")) === "HTTP/1.1 400 Bad Request") made++;
  expect(made).toBe(1_000);
  await expect(dial(pass)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(reasons).toEqual(["The plugin makes more than 200 connections in a second"]);
  clock.pass(1_000);
  const again = await until("it is served again", () => ask().catch(() => ""));
  expect(again).toBe("HTTP/1.1 400 Bad Request");
  await paced.close();
});

test("an instance keeps the list that it was started with, even if later ones of its slot have another", async () => {
  const before = await admit(`127.0.0.1:${origin.port}`);
  const after = await admit(`127.0.0.1:${echoPort}`);
  const ask = async (pass: typeof before, port: number | undefined) => {
    const { socket, letIn } = await dial(pass);
    const text = `GET http://127.0.0.1:${port}/ HTTP/1.1\r\n${letIn}\r\n`;
    return (await talk(socket, text)).split("\r\n", 1)[0];
  };
  expect(await ask(before, origin.port)).toBe("HTTP/1.1 200 OK");
  expect(await ask(before, echoPort)).toBe("HTTP/1.1 403 Forbidden");
  expect(await ask(after, origin.port)).toBe("HTTP/1.1 403 Forbidden");
  after.revoke();
  expect(await ask(before, origin.port)).toBe("HTTP/1.1 200 OK");
  before.revoke();
});

test("whoever has no pass is refused, and so is the pass of another instance, whatever is requested", async () => {
  const pass = await admit(`127.0.0.1:${origin.port}`);
  const other = await admit(`127.0.0.1:${origin.port}`);
  const { letIn: ofOther } = await dial(other);
  for (const letIn of ["", `Proxy-Authorization: Basic ${btoa("plugin:guess")}\r\n`, ofOther]) {
    const { socket } = await dial(pass);
    const answer = await talk(socket, `GET http://127.0.0.1:${origin.port}/ HTTP/1.1\r\n${letIn}\r\n`);
    expect(answer).toStartWith("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic");
  }
  pass.revoke();
});

test("what is no request to a proxy is refused, and so is a head without an end", async () => {
  const pass = await admit();
  const { letIn } = await dial(pass);
  const asked: [text: string, status: string][] = [
    ["nonsense\r\n\r\n", "400"],
    [`GET / HTTP/1.1\r\n${letIn}\r\n`, "400"],
    [`GET ftp://a.org/ HTTP/1.1\r\n${letIn}\r\n`, "400"],
    [`CONNECT a.org@b.org:443 HTTP/1.1\r\n${letIn}\r\n`, "400"],
    [`GET http://a.org/ HTTP/1.1\r\nX: ${"x".repeat(20_000)}`, "431"],
  ];
  for (const [text, status] of asked) {
    const { socket } = await dial(pass);
    expect(await talk(socket, text)).toStartWith(`HTTP/1.1 ${status} `);
  }
  pass.revoke();
});
