import { describe, expect, test } from "bun:test";
import { Hono } from "hono";
import type { AccessRules } from "../../../../core/api/access.ts";
import { ActivityTracker } from "../../../../core/api/activity-tracker.ts";
import { createApp } from "../../../../core/api/app.ts";
import { eventStream, HEARTBEAT_MS } from "../../../../core/api/event-stream.ts";
import { eventRoutes } from "../../../../core/api/mod.ts";
import type { Operation } from "../../../../core/api/operation.ts";
import { systemClock } from "../../../../core/clock.ts";
import { openDatabase } from "../../../../core/journal/database.ts";
import { EventJournal } from "../../../../core/journal/events.ts";
import { RowReader } from "../../../../core/journal/row-reader.ts";
import { JournalWriter } from "../../../../core/journal/writer.ts";
import { HandClock } from "../../../support/hand-clock.ts";
import { isPending } from "../../../support/settled.ts";
import { silentLog } from "../../../support/silent-log.ts";
import { until } from "../../../support/until.ts";

const AT = "2026-01-01T00:00:00.000Z";

function journalOfEvents(keep?: number): EventJournal {
  const database = openDatabase(":memory:");
  return new EventJournal(database, new JournalWriter(database), new RowReader(database), keep);
}

function open({ keep, after, slot }: { keep?: number; after?: number; slot?: string } = {}) {
  const events = journalOfEvents(keep);
  const clock = new HandClock(Date.parse(AT));
  const may = { read: true };
  const listen = (from: number) => {
    const reader = eventStream({
      events,
      clock,
      after: from,
      mayRead: () => may.read,
      ...(slot && { slot }),
    }).getReader();
    const next = async () => {
      const { done, value } = await reader.read();
      return done ? undefined : new TextDecoder().decode(value);
    };
    return { reader, next };
  };
  const tell = (name: string, generation: number) =>
    events.append({ kind: "slot", slot: name, state: "ready", generation }, AT);
  return { events, clock, may, listen, tell, ...listen(after ?? 0) };
}

function idsIn(text: string | undefined): number[] {
  return [...(text ?? "").matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
}

describe("a stream of events", () => {
  test("begins with its id, so that a reader who is disconnected before the first event can resume", async () => {
    expect(await open({ after: 0 }).next()).toBe("retry: 1000\nid: 0\n\n");
  });

  test("sends an event with its kind, its id and its data on one line", async () => {
    const { next, tell } = open();
    await next();
    tell("voices.a", 1);
    const data = { id: 1, at: AT, kind: "slot", slot: "voices.a", state: "ready", generation: 1 };
    expect(await next()).toBe(`event: slot\nid: 1\ndata: ${JSON.stringify(data)}\n\n`);
  });

  test("sends an event at once to a waiting reader", async () => {
    const { next, tell, clock } = open();
    await next();
    const waiting = next();
    await clock.settle();
    tell("voices.a", 1);
    expect(idsIn(await waiting)).toEqual([1]);
  });

  test("sends a reader who returns exactly the missed events, and then new ones", async () => {
    const { listen, tell } = open();
    for (let i = 1; i <= 120; i++) tell("voices.a", i);
    const { next } = listen(17);
    expect(await next()).toContain("id: 17\n");
    const missed: number[] = [];
    await until("event 120 has come", async () => missed.push(...idsIn(await next())), {
      is: () => missed.at(-1) === 120,
    });
    expect(missed).toEqual(Array.from({ length: 103 }, (_, index) => index + 18));
    tell("voices.a", 121);
    expect(idsIn(await next())).toEqual([121]);
  });

  test("for one slot skips the events of others", async () => {
    const { next, tell, clock } = open({ slot: "voices.b" });
    await next();
    tell("voices.a", 1);
    tell("voices.b", 1);
    tell("voices.a", 2);
    expect(idsIn(await next())).toEqual([2]);
    const quiet = next();
    await clock.settle();
    clock.pass(HEARTBEAT_MS);
    expect(idsIn(await quiet)).toEqual([3]);
  });

  test("sends a comment after every 15 s without events", async () => {
    const { next, clock } = open();
    await next();
    for (let round = 0; round < 3; round++) {
      const waiting = next();
      await clock.settle();
      clock.pass(HEARTBEAT_MS - 1);
      expect(await isPending(waiting)).toBe(true);
      clock.pass(1);
      expect(await waiting).toBe("id: 0\n: still here\n\n");
    }
  });

  test("sends a gap if missed events were deleted, and then the stored ones", async () => {
    const { listen, tell } = open({ keep: 5 });
    for (let i = 1; i <= 20; i++) tell("voices.a", i);
    const { next } = listen(10);
    await next();
    const gap = { id: 15, at: AT, kind: "gap", after: 10 };
    expect(await next()).toBe(`event: gap\nid: 15\ndata: ${JSON.stringify(gap)}\n\n`);
    expect(idsIn(await next())).toEqual([16, 17, 18, 19, 20]);
  });

  test("sends a gap to a reader with an id from the future: its journal was another", async () => {
    const { listen, tell } = open();
    tell("voices.a", 1);
    const { next } = listen(400);
    await next();
    expect(await next()).toContain('"kind":"gap","after":400');
    expect(idsIn(await next())).toEqual([1]);
  });

  test("that falls behind while it is open also gets a gap", async () => {
    const { next, tell } = open({ keep: 5 });
    await next();
    for (let i = 1; i <= 20; i++) tell("voices.a", i);
    expect(await next()).toContain('"kind":"gap","after":0');
    expect(idsIn(await next())).toEqual([16, 17, 18, 19, 20]);
  });

  test("that is cancelled leaves no subscription and no timer", async () => {
    const { reader, next, events, clock } = open();
    await next();
    expect(events.subscribers).toBe(1);
    const waiting = next();
    await clock.settle();
    expect(clock.timers).toBe(1);
    await reader.cancel();
    expect(await waiting).toBeUndefined();
    await clock.settle();
    expect([events.subscribers, clock.timers]).toEqual([0, 0]);
  });

  test("ends when the engine stops: for waiting, slow and later readers", async () => {
    const { events, clock, listen, tell } = open();
    const [waiting, slow] = [listen(0), listen(0)];
    await Promise.all([waiting.next(), slow.next()]);
    const last = waiting.next();
    await clock.settle();
    tell("voices.a", 1);
    expect(idsIn(await last)).toEqual([1]);
    events.dismiss();
    expect(await waiting.next()).toBeUndefined();
    expect(await slow.next()).toBeUndefined();
    const late = listen(0);
    await late.next();
    expect(await late.next()).toBeUndefined();
    expect([events.subscribers, clock.timers]).toEqual([0, 0]);
  });
});

describe("a stream whose reader loses its right to read", () => {
  test("ends with the event that removed the right, for waiting and slow readers, and sends nothing more", async () => {
    const { events, clock, may, listen, tell } = open();
    const [waiting, slow] = [listen(0), listen(0)];
    await Promise.all([waiting.next(), slow.next()]);
    const last = waiting.next();
    await clock.settle();
    may.read = false;
    tell("voices.a", 1);
    expect([await last, await slow.next()]).toEqual([undefined, undefined]);
    expect([events.subscribers, clock.timers]).toEqual([0, 0]);
  });
});

describe("GET /control/events", () => {
  const events = journalOfEvents();
  events.append({ kind: "config", outcome: "applied", version: 1 }, AT);
  const access: AccessRules = { tokens: [], allowedOrigins: [], publicVoices: false, loopback: true };
  const operations = eventRoutes(events, new HandClock(Date.parse(AT)));
  const app = createApp({
    operations,
    access: () => access,
    activity: new ActivityTracker(systemClock),
    version: "1.0.0",
    log: silentLog(),
  });
  const get = (headers: Record<string, string> = {}) =>
    app.request("/control/events", { headers: { host: "127.0.0.1", ...headers } });

  test("begins with new events, or after the given id", async () => {
    for (const [headers, first] of [
      [{}, 1],
      [{ "Last-Event-ID": "0" }, 0],
    ] as const) {
      const response = await get(headers);
      expect(response.headers.get("content-type")).toBe("text/event-stream");
      expect(response.headers.get("cache-control")).toContain("no-cache");
      const reader = response.body!.getReader();
      expect(idsIn(new TextDecoder().decode((await reader.read()).value))).toEqual([first]);
      await reader.cancel();
    }
    expect(events.subscribers).toBe(0);
  });

  test.each(["x", "-1", "1.5", "", "99999999999999999999"])("refuses the id %p", async (id) => {
    const response = await get({ "Last-Event-ID": id });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: "body-invalid",
      detail: `Last-Event-ID must be the id of an event: it is "${id}"`,
    });
  });

  test("disconnects a reader who reads nothing for a minute, or for a second when the engine stops", async () => {
    const own = journalOfEvents();
    const seconds: number[] = [];
    const server = { timeout: (_: Request, limit: number) => seconds.push(limit) };
    const [{ handle }] = eventRoutes(own, new HandClock(Date.parse(AT))) as [Operation];
    const served = new Hono().get("/", (context) =>
      handle(context, undefined, { name: "loopback", scopes: [] }, () => true),
    );
    const response = await served.request("/", {}, server);
    await response.body!.getReader().read();
    expect(seconds).toEqual([60]);
    own.dismiss();
    expect(seconds).toEqual([60, 1]);
  });
});
