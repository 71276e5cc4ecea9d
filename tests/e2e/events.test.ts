import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openJournal } from "../../core/journal/mod.ts";
import { validator } from "../../core/schema.ts";
import type { EngineEvent, SwapEvent } from "../../schemas/generated/event.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { EventReader } from "../support/event-reader.ts";
import { addPlugin } from "../support/releases.ts";
import { BLUE_GREEN_STAGES } from "../support/swap-stages.ts";
import { until } from "../support/until.ts";

const SLOT = "voices.tone";
const isEvent = validator<EngineEvent>("syrinx:event");

function isOver(event: EngineEvent): boolean {
  return event.kind === "swap" && event.swap.endedAt !== undefined;
}

function isStage(stage: string) {
  return (event: EngineEvent): event is SwapEvent => event.kind === "swap" && event.swap.stage === stage;
}

/** Its voices are for one test each. */
let shared: EngineProcess;
beforeAll(async () => {
  const names = ["staged", "failing", "missed", "left"];
  shared = await EngineProcess.start({
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, ...Object.fromEntries(names.map((name) => [name, { plugin: "tone" }])) },
    },
    prepare: async (home) =>
      void (await addPlugin(home, { name: "broken", version: "1.0.0" }, `throw new Error("no such luck");`)),
  });
});
afterAll(() => shared[Symbol.asyncDispose]());

/** The events of the engine's whole life up to one, which is the last that is read. */
async function everything(engine: EngineProcess, last: number): Promise<EngineEvent[]> {
  await using reader = await EventReader.open(engine.url, { after: 0 });
  await reader.until(({ id }) => id === last);
  return reader.events;
}

describe("the event stream", () => {
  test("tells each stage of a swap while it runs, in order, with the record so far", async () => {
    const engine = shared;
    const slot = "voices.staged";
    await using reader = await EventReader.open(engine.url, { slot });
    let answered = false;
    const swap = engine.swap(slot, { settings: { hertz: 600 } }).finally(() => (answered = true));
    await reader.until(isStage("loading"));
    expect(answered).toBe(false);
    await reader.until(isOver);

    const told = reader.events.flatMap((event) => (event.kind === "swap" ? [event.swap] : []));
    expect(told.map(({ stage }) => stage)).toEqual([...BLUE_GREEN_STAGES]);
    for (const [index, { stages }] of told.entries()) expect(stages).toHaveLength(index + 1);
    expect(told.at(-1)).toEqual(await swap);
    const states = reader.events.filter(({ kind }) => kind === "slot");
    expect(states).toMatchObject([{ slot, state: "ready", generation: 2 }]);
    expect(reader.events.filter((event) => !isEvent(event))).toEqual([]);
  });

  test("tells why a swap failed, and that the slot is ready all the same", async () => {
    const engine = shared;
    const slot = "voices.failing";
    await using reader = await EventReader.open(engine.url);
    await engine.swap(slot, { plugin: "broken" });
    await reader.until(isOver);
    const error = { code: "plugin-start-failed", message: expect.stringContaining("no such luck") };
    expect(reader.events.at(-1)).toMatchObject({ swap: { stage: "failed", error } });
    expect(reader.events.findLast(({ kind }) => kind === "slot")).toMatchObject({ state: "ready", error });
  });

  test("reports applied and rejected configs, and added and removed slots", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    await using reader = await EventReader.open(engine.url);
    const more = { ...TONE_ONLY, voices: { ...TONE_ONLY.voices, other: { plugin: "tone" } } };
    await engine.save(more);
    await engine.save({ ...more, voises: {} });
    await engine.save(TONE_ONLY);
    await reader.until((event) => event.kind === "slot" && event.state === "stopped");

    const configs = reader.events.filter(({ kind }) => kind === "config");
    expect(configs).toMatchObject([
      { outcome: "applied", version: 2, source: "file" },
      { outcome: "rejected", version: 2, source: "file", problems: [{ pointer: "/voises" }] },
    ]);
    const states = reader.events.flatMap((event) =>
      event.kind === "slot" ? [[event.slot, event.state, event.generation]] : [],
    );
    expect(states).toEqual([
      ["voices.other", "loading", 0],
      ["voices.other", "ready", 1],
      ["voices.other", "stopped", 1],
    ]);
  });

  test("gives a reader that reconnects exactly the events that it missed", async () => {
    const engine = shared;
    const slot = "voices.missed";
    const first = await EventReader.open(engine.url);
    const swap = engine.swap(slot, { settings: { hertz: 500 } });
    await first.until(isStage("loading"));
    await first[Symbol.asyncDispose]();
    await swap;
    await engine.swap(slot, { settings: { hertz: 600 } });

    await using second = await EventReader.open(engine.url, { after: first.lastId });
    await second.until((event) => isOver(event) && "swap" in event && event.swap.generation === 3);
    const all = await everything(engine, second.lastId);
    expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
    const begin = first.events[0]?.id ?? 0;
    expect([...first.events, ...second.events]).toEqual(all.filter(({ id }) => id >= begin));
    expect(second.events[0]?.id).toBe(first.lastId + 1);
  });

  test("continues across a restart on the same home, without a gap", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    const reader = await EventReader.open(engine.url);
    await engine.swap(SLOT, { settings: { hertz: 500 } });
    await reader.until(isOver);
    expect(await engine.stop()).toBe(0);
    expect(await reader.until(() => false)).toBeUndefined();

    await using again = await EngineProcess.start({ config: TONE_ONLY, args: ["--home", engine.home] });
    await using second = await EventReader.open(again.url, { after: reader.lastId, slot: SLOT });
    await second.until((event) => event.kind === "slot" && event.state === "ready");
    const told = second.events.map((event) => (event.kind === "slot" ? event.state : event.kind));
    expect(told.filter((one) => one !== "swap")).toEqual(["stopped", "loading", "ready"]);
    expect(second.events[0]!.id).toBeGreaterThan(reader.lastId);
    const all = await everything(again, second.lastId);
    expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
  });

  test("says that a swap was interrupted by the engine's death", async () => {
    await using engine = await EngineProcess.start({
      config: TONE_ONLY,
      prepare: async (home) => void (await addPlugin(home, { name: "slow", version: "1.0.0" }, NEVER_LOADS)),
    });
    const reader = await EventReader.open(engine.url, { slot: SLOT });
    await engine.post(`/control/slots/${SLOT}/swap?wait=false`, { plugin: "slow" });
    const open = await reader.until(isStage("loading"));
    engine.kill("SIGKILL");
    await engine.exited;
    await reader.until(() => false).catch(() => {});

    await using again = await EngineProcess.start({ config: TONE_ONLY, args: ["--home", engine.home] });
    await using second = await EventReader.open(again.url, { after: reader.lastId, slot: SLOT });
    const cut = await second.until(isStage("interrupted"));
    expect(cut?.swap.id).toBe(open!.swap.id);
    expect(cut?.swap.endedAt).toBeString();
  });
});

describe("readers of events", () => {
  test("who go away leave nothing open in the engine", async () => {
    const engine = shared;
    const slot = "voices.left";
    const connections = () => readdirSync(`/proc/${engine.pid}/fd`).length;
    await engine.swap(slot, { settings: {} });
    const before = connections();
    const readers = await Promise.all(Array.from({ length: 40 }, () => EventReader.open(engine.url)));
    expect(connections()).toBeGreaterThan(before + 30);
    await Promise.all(readers.map((reader) => reader[Symbol.asyncDispose]()));
    await until(`the engine has ${before} files open again`, connections, { is: (open) => open <= before });
  });

  test("who read nothing hold up neither a swap, nor other readers, nor the engine's stop", async () => {
    await using engine = await EngineProcess.start({ config: TONE_ONLY, prepare: fillJournal });
    const { hostname, port } = new URL(engine.url);
    const opened = Promise.withResolvers<void>();
    const socket = await Bun.connect({
      hostname,
      port: Number(port),
      socket: {
        open: (own) =>
          void own.write(`GET /control/events HTTP/1.1\r\nHost: ${hostname}\r\nLast-Event-ID: 0\r\n\r\n`),
        data(own) {
          own.pause();
          opened.resolve();
        },
      },
    });
    await opened.promise;
    await using reader = await EventReader.open(engine.url, { slot: SLOT });
    expect(await engine.swap(SLOT, { settings: { hertz: 500 } })).toMatchObject({ stage: "done" });
    await reader.until(isOver);
    expect(await engine.stop()).toBe(0);
    socket.terminate();
  });
});

const NEVER_LOADS = `import { voice } from "syrinx/sdk";
export default voice({ load: () => new Promise(() => {}) });`;

/** Gives a home more events than any buffer on the way to a client holds: 12 MB. */
async function fillJournal(home: string): Promise<void> {
  const journal = openJournal(join(home, "journal.sqlite"));
  const problems = [{ pointer: "", message: "x".repeat(100_000) }];
  for (let i = 0; i < 120; i++)
    journal.events.append(
      { kind: "config", outcome: "rejected", version: 1, problems },
      "2026-01-01T00:00:00.000Z",
    );
  journal.close();
}
