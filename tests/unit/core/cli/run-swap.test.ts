import { afterEach, beforeEach, describe, expect, jest, spyOn, test } from "bun:test";
import { canaryOrder } from "../../../../core/cli/canary-action.ts";
import type { Client } from "../../../../core/cli/client.ts";
import { runSwap, slotOrder } from "../../../../core/cli/run-swap.ts";
import { SyrinxError } from "../../../../core/errors.ts";
import type { SlotView } from "../../../../schemas/generated/api.ts";
import type { SwapRecord } from "../../../../schemas/generated/swap.ts";
import { endedRecord, ID, OLD, swapRecord } from "./swap-records.ts";

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
  const client: Client = {
    url: "http://engine",
    async get<T>(path: string): Promise<T> {
      if (path === "/control/slots/voices.tone")
        return { slot: "voices.tone", state: "ready", running: OLD, ...view } as T;
      if (path === `/control/swaps/${ID}`) return swapRecord(["planned", "canary"]) as T;
      throw new SyrinxError("slot-not-found", `nothing at ${path}`);
    },
    async open(path) {
      asked.push(`listens to ${path}`);
      const blocks = records.map((swap) => `data: ${JSON.stringify({ kind: "swap", swap })}\n\n`);
      return new Response(["retry: 1000\nid: 0\n\n", ...blocks].join(""));
    },
    async post(path, body) {
      asked.push(`${path} ${JSON.stringify(body)}`);
      if (answer instanceof SyrinxError) throw answer;
      return Response.json(answer);
    },
    send: () => Promise.reject(new Error("not asked for here")),
  };
  return { client, asked };
}

const FLAGS = { wait: true };

describe("a slot's swap", () => {
  test("is asked for once its events are listened to, and told stage by stage until its end", async () => {
    const accepted = swapRecord(["planned"], { reason: "rollback" });
    const done = endedRecord(["planned", "routed", "done"], { reason: "rollback", generation: 3 });
    const { client, asked } = engine(accepted, [
      endedRecord(["planned", "done"], { id: "another" }),
      swapRecord(["planned", "routed"]),
      done,
    ]);
    await runSwap(client, slotOrder("voices.tone", "rollback"), FLAGS);
    expect(asked).toEqual([
      "listens to /control/events?slot=voices.tone",
      "/control/slots/voices.tone/rollback?wait=false {}",
    ]);
    expect(printed.err).toEqual(["voices.tone routed      10 ms\n", "voices.tone done        20 ms\n"]);
    expect(printed.out).toEqual([expect.stringContaining("serves again as generation 3")]);
  });

  test("that is over when it is answered is not waited for", async () => {
    const { client } = engine(endedRecord(["planned", "done"], { to: null }));
    await runSwap(client, slotOrder("voices.tone", "unload"), FLAGS);
    expect(printed.out).toEqual([expect.stringContaining("tone@1.0.0 was unloaded")]);
  });

  test("with a canary says once how to end it by hand", async () => {
    const { client } = engine(swapRecord(["planned"]), [
      swapRecord(["planned", "canary"]),
      swapRecord(["planned", "canary"]),
      endedRecord(["planned", "canary", "routed", "done"], { generation: 2 }),
    ]);
    await runSwap(client, slotOrder("voices.tone", "swap", { strategy: "canary" }), FLAGS);
    expect(printed.err.filter((line) => line.includes("syrinx promote voices.tone"))).toHaveLength(1);
  });

  test("that fails is an error with the reason and what serves on, and its record with --json", async () => {
    const failed = endedRecord(["planned", "loading", "failed"], {
      error: { code: "plugin-failed", message: "no such luck" },
    });
    const { client } = engine(swapRecord(["planned"]), [failed]);
    const order = slotOrder("voices.tone", "load");
    await expect(runSwap(client, order, { ...FLAGS, json: true })).rejects.toThrow(
      "voices.tone was not loaded: while it was loading: no such luck. tone@1.0.0 serves on",
    );
    await runSwap(client, order, { ...FLAGS, json: true }).catch(() => {});
    expect(printed.out.map((text) => JSON.parse(text) as SwapRecord)[0]).toEqual(failed);
    expect(printed.err).toEqual([]);
  });

  test("that is refused is an error at once", async () => {
    const { client } = engine(new SyrinxError("swap-busy", "one is under way"));
    await expect(runSwap(client, slotOrder("voices.tone", "unload"), FLAGS)).rejects.toThrow(
      "voices.tone was not unloaded: one is under way. tone@1.0.0 serves on",
    );
  });

  test("with --no-wait is neither listened to nor waited for", async () => {
    const { client, asked } = engine(swapRecord(["planned"]));
    await runSwap(client, slotOrder("voices.tone", "reload"), { wait: false });
    expect(asked).toEqual(["/control/slots/voices.tone/reload?wait=false {}"]);
    expect(printed.out).toEqual([`voices.tone: swap ${ID} was accepted`]);
  });
});

describe("a canary is ended by hand", () => {
  const canary = swapRecord(["planned", "canary"]);

  test("by the id of its swap, or by its slot: the swap that is under way there", async () => {
    const { client } = engine(canary, [], { swap: ID });
    const order = { slot: "voices.tone", action: "promote", path: `/control/swaps/${ID}/promote`, body: {} };
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

  test("and being taken back is then what was asked for", async () => {
    const { client } = engine(canary, [endedRecord(["planned", "canary", "rolled-back"])]);
    await runSwap(client, await canaryOrder(client, ID, "abort"), FLAGS);
    expect(printed.out).toEqual([
      expect.stringContaining("was taken back after 20 ms; tone@1.0.0 serves on"),
    ]);
  });

  test("and it is an error if it was too late for that", async () => {
    const { client } = engine(canary, [endedRecord(["planned", "canary", "routed", "done"])]);
    await expect(runSwap(client, await canaryOrder(client, ID, "abort"), FLAGS)).rejects.toThrow(
      "voices.tone was not taken back: The swap was done",
    );
  });
});
