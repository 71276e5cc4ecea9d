import { afterEach, beforeEach, describe, expect, jest, spyOn, test } from "bun:test";
import { EngineClient, endCanary } from "../../../../../admin/client/mod.ts";
import { canaryOrder } from "../../../../../core/cli/swap/canary.ts";
import { actionOrder, runSwap, swapOrder } from "../../../../../core/cli/swap/run-swap.ts";
import { SyrinxError } from "../../../../../core/errors.ts";
import type { SlotView } from "../../../../../schemas/generated/api.ts";
import type { SwapRecord } from "../../../../../schemas/generated/swap.ts";
import { endedRecord, ID, OLD, swapRecord } from "../swap-records.ts";

const printed = { out: [] as string[], err: [] as string[] };

beforeEach(() => {
  printed.out = [];
  printed.err = [];
  spyOn(console, "log").mockImplementation((line: string) => void printed.out.push(line));
  spyOn(process.stderr, "write").mockImplementation((text) => printed.err.push(String(text)) > 0);
});
afterEach(() => jest.restoreAllMocks());

/** An engine whose slot `voices.tone` answers one request, and then tells of `records`. */
function engine(answer: SwapRecord | SyrinxError, records: SwapRecord[] = [], view: Partial<SlotView> = {}) {
  const asked: string[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      if (request.method === "POST") {
        asked.push(`${pathname}${search} ${await request.text()}`);
        return answer instanceof SyrinxError ? problem(answer.code, answer.message) : Response.json(answer);
      }
      if (pathname === "/control/events") {
        asked.push(`listens to ${pathname}${search}`);
        const events = records.map((swap, id) => `id: ${id + 1}\ndata: ${eventOf(id + 1, swap)}\n\n`);
        return stream(["retry: 1000\nid: 0\n\n", ...events].join(""));
      }
      if (pathname === "/control/slots/voices.tone")
        return Response.json({ slot: "voices.tone", state: "ready", running: OLD, ...view });
      if (pathname === `/control/swaps/${ID}`) return Response.json(swapRecord(["planned", "canary"]));
      return problem("slot-not-found", `nothing at ${pathname}`);
    },
  });
  servers.push(server);
  return { client: new EngineClient({ url: server.url.href }), asked };
}

const servers: Bun.Server<undefined>[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop(true))));

function problem(code: string, detail: string): Response {
  return Response.json({ code, detail }, { status: 409 });
}

function eventOf(id: number, swap: SwapRecord): string {
  return JSON.stringify({ id, at: swap.startedAt, kind: "swap", swap });
}

/** A stream of events that stays open. */
function stream(text: string): Response {
  const body = new ReadableStream({ start: (out) => out.enqueue(new TextEncoder().encode(text)) });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}

const FLAGS = { wait: true };

describe("a slot's swap", () => {
  test("is requested once its events are listened to, and told stage by stage until its end", async () => {
    const accepted = swapRecord(["planned"], { reason: "rollback" });
    const done = endedRecord(["planned", "routed", "done"], { reason: "rollback", generation: 3 });
    const { client, asked } = engine(accepted, [
      endedRecord(["planned", "done"], { id: "another" }),
      swapRecord(["planned", "routed"]),
      done,
    ]);
    await runSwap(client, actionOrder("voices.tone", "rollback"), FLAGS);
    expect(asked[0]).toBe("listens to /control/events?slot=voices.tone");
    expect(asked.at(-1)).toBe("/control/slots/voices.tone/rollback?wait=false ");
    expect(printed.err).toEqual(["voices.tone routed      10 ms\n", "voices.tone done        20 ms\n"]);
    expect(printed.out).toEqual([expect.stringContaining("serves again as generation 3")]);
  });

  test("that is over when it is answered is not waited for", async () => {
    const { client } = engine(endedRecord(["planned", "done"], { to: null }));
    await runSwap(client, actionOrder("voices.tone", "unload"), FLAGS);
    expect(printed.out).toEqual([expect.stringContaining("tone@1.0.0 was unloaded")]);
  });

  test("with a canary says once how to end it by hand", async () => {
    const { client } = engine(swapRecord(["planned"]), [
      swapRecord(["planned", "canary"]),
      swapRecord(["planned", "canary"]),
      endedRecord(["planned", "canary", "routed", "done"], { generation: 2 }),
    ]);
    await runSwap(client, swapOrder("voices.tone", { strategy: "canary" }), FLAGS);
    expect(printed.err.filter((line) => line.includes("syrinx promote voices.tone"))).toHaveLength(1);
  });

  test("with a canary says what that waits for, once for each stage where the output is no terminal", async () => {
    const canary = { requests: 0, failed: 0, minRequests: 20, windowMs: 60_000 };
    const { client } = engine(swapRecord(["planned"]), [
      swapRecord(["planned", "canary"], { canary }),
      swapRecord(["planned", "canary"], { canary: { ...canary, requests: 1 } }),
      endedRecord(["planned", "canary", "routed", "done"], { generation: 2 }),
    ]);
    await runSwap(client, swapOrder("voices.tone", { strategy: "canary" }), FLAGS);
    const lines = printed.err.filter((line) => line.startsWith("voices.tone canary"));
    expect(lines).toEqual(["voices.tone canary      10 ms, waits for 20 requests, has 0\n"]);
  });

  test("that fails is an error with the reason and what keeps serving, and its record with --json", async () => {
    const failed = endedRecord(["planned", "loading", "failed"], {
      error: { code: "plugin-failed", message: "no such luck" },
    });
    const { client } = engine(swapRecord(["planned"]), [failed]);
    const order = actionOrder("voices.tone", "load");
    await expect(runSwap(client, order, { ...FLAGS, json: true })).rejects.toThrow(
      "voices.tone was not loaded: while it was loading: no such luck. tone@1.0.0 keeps serving",
    );
    await runSwap(client, order, { ...FLAGS, json: true }).catch(() => {});
    expect(printed.out.map((text) => JSON.parse(text) as SwapRecord)[0]).toEqual(failed);
    expect(printed.err).toEqual([]);
  });

  test("that is refused is an error at once", async () => {
    const { client } = engine(new SyrinxError("swap-busy", "one is under way"));
    await expect(runSwap(client, actionOrder("voices.tone", "unload"), FLAGS)).rejects.toThrow(
      "voices.tone was not unloaded: one is under way. tone@1.0.0 keeps serving",
    );
  });

  test("with --no-wait is neither listened to nor waited for", async () => {
    const { client, asked } = engine(swapRecord(["planned"]));
    await runSwap(client, actionOrder("voices.tone", "reload"), { wait: false });
    expect(asked).toEqual(["/control/slots/voices.tone/reload?wait=false "]);
    expect(printed.out).toEqual([`voices.tone: swap ${ID} was accepted`]);
  });
});

describe("a canary is ended by hand", () => {
  const canary = swapRecord(["planned", "canary"]);

  test("by the id of its swap, or by its slot: the swap that is under way there", async () => {
    const { client } = engine(canary, [], { swap: ID });
    const order = { slot: "voices.tone", action: "promote", request: endCanary(ID, "promote") };
    for (const given of [ID, "tone", "voices.tone"])
      expect(await canaryOrder(client, given, "promote")).toEqual(order as never);
  });

  test("only where there is a swap", async () => {
    const { client } = engine(canary);
    await expect(canaryOrder(client, "tone", "abort")).rejects.toThrow(
      "No swap of voices.tone is under way. Those that are over: syrinx history --slot voices.tone",
    );
    await expect(canaryOrder(client, "nope", "abort")).rejects.toThrow(
      "nothing at /control/slots/voices.nope",
    );
  });

  test("and being rolled back is then what was requested", async () => {
    const { client } = engine(canary, [endedRecord(["planned", "canary", "rolled-back"])]);
    await runSwap(client, await canaryOrder(client, ID, "abort"), FLAGS);
    expect(printed.out).toEqual([
      expect.stringContaining("was rolled back after 20 ms; tone@1.0.0 keeps serving"),
    ]);
  });

  test("and it is an error if it was too late for that", async () => {
    const { client } = engine(canary, [endedRecord(["planned", "canary", "routed", "done"])]);
    await expect(runSwap(client, await canaryOrder(client, ID, "abort"), FLAGS)).rejects.toThrow(
      "voices.tone was not rolled back: The swap was done",
    );
  });
});
