import { describe, expect, test } from "bun:test";
import {
  type EngineState,
  KEPT_EVENTS,
  KEPT_SAMPLES_MS,
  nothingKnown,
  staleAfter,
  withAnswer,
  withConnection,
  withEvents,
  withOlderSwaps,
} from "../../../../../admin/tui/state/mod.ts";
import type { SlotView, Status } from "../../../../../schemas/generated/api.ts";
import type { EngineEvent, SwapEvent } from "../../../../../schemas/generated/event.ts";
import type { SwapRecord } from "../../../../../schemas/generated/swap.ts";

const AT = "2026-01-01T00:00:00.000Z";

function swap(id: string, more: Partial<SwapRecord> = {}): SwapRecord {
  const base = {
    slot: "voices.slt",
    reason: "request",
    from: null,
    to: null,
    stages: [],
    startedAt: AT,
  } as const;
  return { ...base, id, stage: "planned", ...more } as SwapRecord;
}

function swapEvent(id: number, record: SwapRecord): SwapEvent {
  return { id, at: AT, kind: "swap", slot: record.slot, swap: record };
}

function slot(name: string): SlotView {
  return {
    slot: name,
    kind: "voice",
    state: "ready",
    load: "eager",
    generation: 1,
    desired: {},
    running: null,
    instances: [],
  };
}

function knowing(swaps: readonly SwapRecord[], before?: string): EngineState {
  const value = { swaps: [...swaps], ...(before !== undefined && { before }) };
  return withAnswer(nothingKnown("http://engine", 0), "swaps", { ok: true, value }, 1);
}

const ids = ({ known }: EngineState) => known.swaps?.value.swaps.map(({ id }) => id);

describe("the state of the engine", () => {
  test("stays if the next request fails, together with the reason", () => {
    const first = withAnswer(
      nothingKnown("http://engine", 0),
      "slots",
      { ok: true, value: { slots: [] } },
      5,
    );
    const error = { code: "unreachable", message: "gone", details: [] };
    const second = withAnswer(first, "slots", { ok: false, error }, 9);
    expect(second.known.slots).toEqual({ value: { slots: [] }, at: 5 });
    expect(second.problems.slots).toEqual(error);
    expect(
      withAnswer(second, "slots", { ok: true, value: { slots: [] } }, 12).problems.slots,
    ).toBeUndefined();
  });

  test("follows a swap through its stages", () => {
    const state = withEvents(knowing([swap("2"), swap("1")]), [
      swapEvent(1, swap("2", { stage: "loading" })),
      swapEvent(2, swap("3")),
    ]);
    expect(ids(state)).toEqual(["3", "2", "1"]);
    expect(state.known.swaps?.value.swaps[1]?.stage).toBe("loading");
  });

  test("follows the state of a slot, and forgets an error that is over", () => {
    const failed = { ...slot("voices.slt"), error: { code: "slot-failed", message: "died" } };
    const first = withAnswer(
      nothingKnown("http://engine", 0),
      "slots",
      { ok: true, value: { slots: [failed, slot("voices.rms")] } },
      1,
    );
    const event: EngineEvent = {
      id: 1,
      at: AT,
      kind: "slot",
      slot: "voices.slt",
      state: "loading",
      generation: 2,
    };
    const [slt, rms] = withEvents(first, [event]).known.slots?.value.slots ?? [];
    expect(slt).toMatchObject({ state: "loading", generation: 2 });
    expect(slt?.error).toBeUndefined();
    expect(rms).toEqual(slot("voices.rms"));
  });

  test("keeps what events said about swaps when an older response comes", () => {
    const stages = (...names: SwapRecord["stage"][]) =>
      names.map((stage, elapsedMs) => ({ stage, at: AT, elapsedMs }));
    const planned = swap("1", { stages: stages("planned") });
    const done = swap("1", { stage: "done", endedAt: AT, stages: stages("planned", "done") });
    const told = withEvents(knowing([planned]), [swapEvent(1, done), swapEvent(2, swap("2"))]);
    const late = withAnswer(told, "swaps", { ok: true, value: { swaps: [planned] } }, 9);
    expect(ids(late)).toEqual(["2", "1"]);
    expect(late.known.swaps?.value.swaps[1]).toEqual(done);
    // Events of the past are told once more after the answer.
    const again = withEvents(late, [swapEvent(1, planned)]);
    expect(again.known.swaps?.value.swaps[1]).toEqual(done);
  });

  test("knows what serves a slot as soon as a swap is routed, and whether a swap is running", () => {
    const [old, next] = ["one@1.0.0", "two@1.0.0"].map((plugin) => ({ plugin, settings: {}, device: "cpu" }));
    const first = withAnswer(
      nothingKnown("http://engine", 0),
      "slots",
      { ok: true, value: { slots: [{ ...slot("voices.slt"), running: old! }, slot("voices.rms")] } },
      1,
    );
    const after = (stage: SwapRecord["stage"], endedAt?: string) => {
      const record = swap("7", { from: old!, to: next!, stage, ...(endedAt && { endedAt }) });
      return withEvents(first, [swapEvent(1, swap("7", { stage: "planned" })), swapEvent(2, record)]);
    };
    const slt = (state: EngineState) => state.known.slots?.value.slots[0];
    expect(slt(after("loading"))).toMatchObject({ running: old!, swap: "7" });
    expect(slt(after("routed"))).toMatchObject({ running: next!, swap: "7" });
    expect(slt(after("done", AT))).toMatchObject({ running: next! });
    expect(slt(after("done", AT))?.swap).toBeUndefined();
    expect(slt(after("failed", AT))).toMatchObject({ running: old! });
    expect(slt(after("rolled-back", AT))).toMatchObject({ running: old! });
    expect(after("done", AT).known.slots?.value.slots[1]).toEqual(slot("voices.rms"));
  });

  test("keeps older swaps when the newest are requested again, and adds a page to them", () => {
    const older = withOlderSwaps(knowing([swap("4"), swap("3")], "3"), { swaps: [swap("2"), swap("1")] });
    expect(ids(older)).toEqual(["4", "3", "2", "1"]);
    expect(older.known.swaps?.value.before).toBeUndefined();
    const again = withAnswer(
      older,
      "swaps",
      { ok: true, value: { swaps: [swap("5"), swap("4")], before: "4" } },
      2,
    );
    expect(ids(again)).toEqual(["5", "4", "3", "2", "1"]);
  });

  test("drops older swaps if more have happened than a page holds", () => {
    const again = withAnswer(
      knowing([swap("1")]),
      "swaps",
      { ok: true, value: { swaps: [swap("9")], before: "9" } },
      2,
    );
    expect(ids(again)).toEqual(["9"]);
    expect(again.known.swaps?.value.before).toBe("9");
  });

  test("does not grow without end", () => {
    let state = nothingKnown("http://engine", 0);
    const event = (id: number): EngineEvent => ({ id, at: AT, kind: "gap", after: 0 });
    for (let id = 0; id < KEPT_EVENTS + 10; id++) state = withEvents(state, [event(id)]);
    expect(state.events.length).toBe(KEPT_EVENTS);
    expect(state.events.at(-1)?.id).toBe(KEPT_EVENTS + 9);
    expect(state.eventCount).toBe(KEPT_EVENTS + 10);
    for (let at = 0; at <= 2 * KEPT_SAMPLES_MS; at += 2_000)
      state = withAnswer(state, "memory", { ok: true, value: { devices: [], instances: [] } }, at);
    expect(state.samples.length).toBe(KEPT_SAMPLES_MS / 2_000);
    expect(state.samples.at(-1)?.at).toBe(2 * KEPT_SAMPLES_MS);
  });

  test("is outdated after events that change it", () => {
    expect(staleAfter({ id: 1, at: AT, kind: "config", outcome: "applied", version: 2 })).toContain(
      "versions",
    );
    expect(staleAfter(swapEvent(1, swap("1")))).toContain("slots");
    expect(staleAfter({ id: 1, at: AT, kind: "gap", after: 0 })).toContain("swaps");
  });

  test("says since when the engine is unreachable, also after more tries", () => {
    const error = { code: "unreachable", message: "gone", details: [] };
    const lost = (retryMs: number) => ({ state: "lost", error, retryMs }) as const;
    const first = withConnection(nothingKnown("http://engine", 0), { state: "connected" }, 5);
    expect(first.connection).toEqual({ state: "connected", since: 5 });
    const second = withConnection(first, lost(500), 20);
    expect(second.connection).toEqual({ state: "lost", since: 20, retryAt: 520, error });
    const third = withConnection(withConnection(second, { state: "connecting" }, 520), lost(1_000), 530);
    expect(third.connection).toEqual({ state: "lost", since: 20, retryAt: 1_530, error });
    expect(withConnection(third, { state: "connected" }, 900).connection).toEqual({
      state: "connected",
      since: 900,
    });
  });

  test("is nothing at first", () => {
    const { known, connection } = nothingKnown("http://engine", 7);
    expect(known as { status?: Status }).toEqual({});
    expect(connection).toEqual({ state: "connecting", since: 7 });
  });

  test("is that of one engine: if another engine answers, nothing of the old one stays", () => {
    const gap = (id: number, after: number): EngineEvent => ({ id, at: AT, kind: "gap", after });
    const before = withEvents(nothingKnown("http://engine", 0), [swapEvent(50, swap("a")), gap(70, 60)]);
    const { events, eventCount } = withEvents(before, [gap(0, 70), swapEvent(1, swap("b"))]);
    expect(events.map(({ id }) => id)).toEqual([0, 1]);
    expect(eventCount).toBe(4);
  });
});
