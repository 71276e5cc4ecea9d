import { describe, expect, test } from "bun:test";
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { Hono } from "hono";
import pino from "pino";
import { ActivityTracker } from "../../../../core/api/activity-tracker.ts";
import { Listener } from "../../../../core/api/listener.ts";
import { HandClock } from "../../../support/hand-clock.ts";

/** More than any connection takes up that is not read from. */
const unending = {
  pull: (controller: ReadableStreamDefaultController<Uint8Array>) =>
    controller.enqueue(new Uint8Array(1024 * 1024)),
};
const LOCAL = { host: "127.0.0.1", port: 0, hasTokens: false };

/** A listener whose answers name the host that they were made for; `/slow` answers when `answer` is resolved. */
function open(at = LOCAL) {
  const reached = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const clock = new HandClock();
  const activity = new ActivityTracker(clock);
  const logged: string[] = [];
  const appAt = (host: string) =>
    new Hono()
      .get("/", (context) => context.text(host))
      .get("/slow", async (context) => {
        reached.resolve();
        await answer.promise;
        return context.text("whole");
      })
      .get("/unread", () => {
        reached.resolve();
        return new Response(new ReadableStream(unending));
      });
  const log = pino({}, { write: (line: string) => void logged.push(line) });
  const listener = new Listener({ activity, log });
  listener.open(at, { appAt });
  return { listener, activity, clock, logged, reached, answer, [Symbol.asyncDispose]: () => listener.stop() };
}

const ask = async (url: string) => (await fetch(url)).text();
/** A client who sends that, and reads nothing. */
async function connect(url: string, text: string): Promise<Socket> {
  const client = createConnection(portOf(url), "127.0.0.1");
  await once(client, "connect");
  client.pause();
  await new Promise((sent) => client.write(text, sent));
  return client;
}

const portOf = (url: string) => Number(new URL(url).port);

describe("the listener", () => {
  test("listens on both addresses until the move is kept, and then only on the new one", async () => {
    await using at = open();
    const { listener } = at;
    const before = listener.url;
    const move = listener.move({ ...LOCAL, host: "127.0.0.2" });
    expect(listener.url).toStartWith("http://127.0.0.2:");
    expect([await ask(before), await ask(listener.url)]).toEqual(["127.0.0.1", "127.0.0.2"]);
    move?.keep();
    await expect(fetch(before)).rejects.toThrow();
    expect(await ask(listener.url)).toBe("127.0.0.2");
  });

  test("finishes the requests in flight on the address that it leaves", async () => {
    await using at = open();
    const slow = ask(`${at.listener.url}/slow`);
    await at.reached.promise;
    at.listener.move({ ...LOCAL, host: "127.0.0.2" })?.keep();
    at.answer.resolve();
    expect(await slow).toBe("whole");
  });

  test("listens on the old address after the move is undone", async () => {
    await using at = open();
    const { listener } = at;
    const before = listener.url;
    const move = listener.move({ ...LOCAL, host: "127.0.0.2" });
    const next = listener.url;
    move?.undo();
    expect(listener.url).toBe(before);
    expect(await ask(before)).toBe("127.0.0.1");
    await expect(fetch(next)).rejects.toThrow();
  });

  test("moves to an address that includes its own, with the same port, and back", async () => {
    await using at = open();
    const { listener } = at;
    const before = listener.url;
    const wide = { host: "0.0.0.0", port: portOf(before), hasTokens: true };
    const move = listener.move(wide);
    expect(await ask(before)).toBe("0.0.0.0");
    move?.undo();
    expect([listener.url, await ask(before)]).toEqual([before, "127.0.0.1"]);
    listener.move(wide)?.keep();
    expect(await ask(before)).toBe("0.0.0.0");
  });

  test("stays on its address if the new one is taken, belongs to another machine, or needs tokens", async () => {
    await using at = open();
    await using other = open({ ...LOCAL, host: "127.0.0.2" });
    const { url } = at.listener;
    const refused: [to: typeof LOCAL, code: string][] = [
      [{ ...LOCAL, host: "127.0.0.2", port: portOf(other.listener.url) }, "address-in-use"],
      [{ ...LOCAL, host: "192.0.2.1", hasTokens: true }, "address-unavailable"],
      [{ ...LOCAL, host: "0.0.0.0" }, "tokens-required"],
    ];
    for (const [to, code] of refused)
      expect(() => at.listener.move(to)).toThrow(expect.objectContaining({ code }));
    expect([at.listener.url, await ask(url)]).toEqual([url, "127.0.0.1"]);
  });

  test("a stop waits a minute for clients in the middle of a request or response, then closes their connections and logs it", async () => {
    await using at = open();
    const { listener, clock, logged, reached } = at;
    const clients = await Promise.all([
      connect(listener.url, "GET /unread HTTP/1.1\r\nHost: a\r\n\r\n"),
      connect(listener.url, "GET / HTTP/1.1\r\nHos"),
    ]);
    await reached.promise;
    const stopped = listener.stop();
    clock.pass(59_999);
    expect(logged).toEqual([]);
    clock.pass(1);
    await stopped;
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0]!)).toMatchObject({ answers: 1 });
    expect(clock.timers).toBe(0);
    for (const client of clients) client.destroy();
  });

  test("a stop waits for the engine's own work without a limit, and then a minute for the client", async () => {
    await using at = open();
    const { listener, clock, activity, logged, reached, answer } = at;
    const slow = ask(`${listener.url}/slow`);
    await reached.promise;
    const working = activity.during(() => answer.promise);
    const stopped = listener.stop();
    clock.pass(600_000);
    answer.resolve();
    await working;
    clock.pass(59_999);
    expect(await slow).toBe("whole");
    await stopped;
    expect([logged, clock.timers]).toEqual([[], 0]);
  });

  test("does not move to its current address", async () => {
    await using at = open();
    expect(at.listener.move(LOCAL)).toBeUndefined();
  });
});
