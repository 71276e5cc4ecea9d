import { expect, test } from "bun:test";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import type { Heard } from "../support/speech-load.ts";
import { mixtures } from "./mixtures.ts";
import { brokenPromises } from "./promises.ts";
import type { SoakResult } from "./soak.ts";

const AT = "2026-01-01T00:00:00.000Z";

function swapTo(generation: number, model: string, change: Partial<SwapRecord> = {}): SwapRecord {
  const to = { plugin: "piper@1.0.0", model, settings: {}, device: "cpu" };
  return {
    id: String(generation),
    slot: "voices.slt",
    reason: "request",
    from: to,
    to,
    generation,
    stage: "done",
    stages: [],
    startedAt: AT,
    ...change,
  };
}

function heard(generation: number, hashes: Record<string, number>): Heard {
  return { generation, request: "Yes. as wav", hashes: new Map(Object.entries(hashes)) };
}

function result(change: Partial<SoakResult> = {}): SoakResult {
  return {
    strategies: ["auto"],
    swaps: [swapTo(2, "a")],
    requests: 100,
    failures: [],
    mixed: 0,
    generationsHeard: 2,
    firstByteMs: [1],
    memoryMb: [
      { swaps: 20, mb: 100 },
      { swaps: 160, mb: 130 },
      { swaps: 300, mb: 110 },
    ],
    leftProcesses: 0,
    ...change,
  };
}

test("a soak in which all went well breaks no promise", () => {
  expect(brokenPromises(result())).toEqual([]);
  expect(brokenPromises(result({ memoryMb: [] }))).toEqual([]);
});

test.each<[string, Partial<SoakResult>]>([
  [
    "2 swaps were not done; the first is failed: no such luck",
    {
      swaps: ["failed", "rolled-back"].map((stage) =>
        swapTo(2, "a", { stage: stage as "failed", error: { code: "internal", message: "no such luck" } }),
      ),
    },
  ],
  ["2 requests failed; the first: status 500", { failures: ["status 500", "status 501"] }],
  ["1 utterances were not as their generation speaks them", { mixed: 1 }],
  ["3 processes were left", { leftProcesses: 3 }],
  [
    "the core has grown by 10.1 MB: 10 MB are allowed",
    {
      memoryMb: [
        { swaps: 20, mb: 100 },
        { swaps: 300, mb: 110.1 },
      ],
    },
  ],
])("a soak says which promise was broken: %s", (sentence, change) => {
  expect(brokenPromises(result(change))).toEqual([sentence]);
});

test("an utterance that sounds otherwise than its binding is a mixture, in whatever generation that was routed", () => {
  const swaps = [swapTo(2, "a"), swapTo(3, "b"), swapTo(4, "a")];
  const well = [heard(1, { first: 3 }), heard(2, { a: 5 }), heard(3, { b: 2 }), heard(4, { a: 1 })];
  expect(mixtures(well, swaps)).toBe(0);
  expect(mixtures([...well, heard(4, { "a, then b": 1 })], swaps)).toBe(1);
  expect(mixtures([...well, heard(1, { other: 2 })], swaps)).toBe(2);
});
