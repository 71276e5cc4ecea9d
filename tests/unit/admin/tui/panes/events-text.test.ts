import { describe, expect, test } from "bun:test";
import { changeText, eventText, levelOf } from "../../../../../admin/tui/panes/events/event-text.ts";
import type { EngineEvent, SlotEvent, SwapEvent } from "../../../../../schemas/generated/event.ts";
import type { SwapRecord } from "../../../../../schemas/generated/swap.ts";

const AT = "2026-01-01T12:00:00.000Z";

function binding(plugin: string, model?: string) {
  return { plugin, ...(model !== undefined && { model }), settings: {}, device: "cpu" };
}

function swapped(more: Partial<SwapRecord>): SwapEvent {
  const swap: SwapRecord = {
    id: "s1",
    slot: "voices.slt",
    reason: "request",
    from: binding("piper@1.0.0", "slt@1.0.0"),
    to: binding("piper@1.0.0", "slt@1.1.0"),
    stage: "loading",
    stages: [
      { stage: "loading", at: AT, elapsedMs: 120 },
      { stage: more.stage ?? "loading", at: AT, elapsedMs: 312 },
    ],
    startedAt: AT,
    ...more,
  };
  return { id: 1, at: AT, kind: "swap", slot: "voices.slt", swap };
}

const slot = (more: Partial<SlotEvent>): SlotEvent => ({
  id: 1,
  at: AT,
  kind: "slot",
  slot: "voices.slt",
  state: "ready",
  generation: 2,
  ...more,
});

const ERROR = { code: "plugin-failed", message: "these weights are broken" };

const said: [level: string, text: string, event: EngineEvent][] = [
  ["info", "loading: slt@1.0.0 → 1.1.0 (request)", swapped({})],
  [
    "info",
    "routed after 312 ms, as generation 4: slt@1.0.0 → 1.1.0 (request)",
    swapped({ stage: "routed", generation: 4 }),
  ],
  [
    "error",
    "failed while loading: these weights are broken; slt@1.0.0 → 1.1.0 (request)",
    swapped({ stage: "failed", error: ERROR }),
  ],
  [
    "error",
    "rolled-back: these weights are broken; slt@1.0.0 → 1.1.0 (request)",
    swapped({ stage: "rolled-back", error: ERROR }),
  ],
  ["warn", "loading: slt@1.0.0 → 1.1.0 (recovery)", swapped({ reason: "recovery" })],
  ["info", "ready, generation 2", slot({})],
  ["error", "failed: these weights are broken", slot({ state: "failed", error: ERROR })],
  ["warn", "recovering, generation 2", slot({ state: "recovering" })],
  [
    "info",
    "version 7 applied from file",
    { id: 1, at: AT, kind: "config", outcome: "applied", version: 7, source: "file", cause: "source" },
  ],
  [
    "info",
    "version 7 applied from overrides by ann (patch)",
    {
      id: 1,
      at: AT,
      kind: "config",
      outcome: "applied",
      version: 7,
      source: "overrides",
      cause: "patch",
      actor: "ann",
    },
  ],
  [
    "warn",
    "held from file, because the config is pinned; version 6 stays",
    { id: 1, at: AT, kind: "config", outcome: "held", version: 6, source: "file" },
  ],
  [
    "error",
    "rejected from file: /voices/slt: no such plugin (and 1 more); version 6 stays",
    {
      id: 1,
      at: AT,
      kind: "config",
      outcome: "rejected",
      version: 6,
      source: "file",
      problems: [
        { pointer: "/voices/slt", message: "no such plugin" },
        { pointer: "", message: "x" },
      ],
    },
  ],
  [
    "warn",
    "example.org:443 refused: it was not granted (and 3 times before)",
    {
      id: 1,
      at: AT,
      kind: "refusal",
      slot: "voices.slt",
      target: "example.org:443",
      reason: "it was not granted",
      untold: 3,
    },
  ],
  [
    "warn",
    "the events after 12 were deleted; everything is read again",
    { id: 99, at: AT, kind: "gap", after: 12 },
  ],
  [
    "warn",
    "a new engine answers, and its events are numbered from the start; everything is read again",
    { id: 3, at: AT, kind: "gap", after: 12 },
  ],
];

describe("an event in a line", () => {
  test.each(said)("of level %s says: %s", (level, text, event) => {
    expect(eventText(event)).toBe(text);
    expect(levelOf(event)).toBe(level as never);
  });
});

describe("a change of binding", () => {
  test.each([
    ["piper@1.0.0+slt@1.0.0", null, binding("piper@1.0.0", "slt@1.0.0")],
    ["tone@1.0.0 → nothing", binding("tone@1.0.0"), null],
    ["slt@1.0.0 → rms@1.0.0", binding("piper@1.0.0", "slt@1.0.0"), binding("piper@1.0.0", "rms@1.0.0")],
    ["piper@1.0.0 → 1.1.0", binding("piper@1.0.0", "slt@1.0.0"), binding("piper@1.1.0", "slt@1.0.0")],
    ["tone@1.0.0 → piper@1.0.0+slt@1.0.0", binding("tone@1.0.0"), binding("piper@1.0.0", "slt@1.0.0")],
    ["tone@1.0.0", binding("tone@1.0.0"), binding("tone@1.0.0")],
  ])("is shown as what differs: %s", (text, from, to) => {
    expect(changeText(from, to)).toBe(text);
  });
});
