import { describe, expect, test } from "bun:test";
import { slots } from "../../../../../admin/tui/panes/slots/pane.ts";
import { lineCells } from "../../../../../admin/tui/screen/mod.ts";
import { type EngineState, withAnswer } from "../../../../../admin/tui/state/mod.ts";
import { engineKnowing, NOW } from "./known-engine.ts";
import {
  endedSwap,
  type KnownSlots,
  knownSlots,
  NO_TRAFFIC,
  plugin,
  RMS,
  SLT,
  slotView,
  swapRecord,
} from "./known-slots.ts";
import { type Looks, PaneUser } from "./pane-user.ts";

const open = (known: KnownSlots, looks: Looks = {}) =>
  new PaneUser(slots, engineKnowing(knownSlots(known)), looks);

const GPU = {
  id: "cuda:0",
  name: "H100",
  totalBytes: 80e9,
  usedBytes: 0,
  budgetBytes: 76e9,
  reservedBytes: 0,
};
const HOST = { ...GPU, id: "host", name: "Memory of this machine" };
const held = (slot: string, pid: number, more: object) => ({
  slot,
  pid,
  generation: 1,
  state: "serving" as const,
  device: "cuda:0",
  reservedBytes: 0,
  ...more,
});

describe("the table of slots", () => {
  test("shows for each slot its state with a word and a sign, its binding and its traffic, at 80 columns", () => {
    const traffic = { ...NO_TRAFFIC, requestsPerSecond: 3.25, firstAudioP95Ms: 181.4, active: 12, queued: 4 };
    const { traffic: _, ...sink } = slotView("sinks.files", { kind: "sink", instances: [] });
    const idle = slotView("voices.b", { state: "unloaded", running: null, instances: [] });
    const pane = open({ slots: [sink, slotView("voices.a", { traffic, generation: 31 }), idle] });
    expect(pane.lines.slice(0, 4)).toEqual([
      " SLOT         STATE       BINDING               GEN  REQ/S     P95  QUEUE    MEM",
      "▌voices.a     ● ready     slt@1.0.0              31    3.3  181 ms   12/4  50 MB",
      " voices.b     ○ unloaded  (piper+slt)             1      0       -    0/0      -",
      " sinks.files  ● ready     slt@1.0.0               1      -       -      -      -",
    ]);
  });

  test("sums up the memory of all processes of a slot, on the host and on GPUs", () => {
    const memory = {
      devices: [HOST, GPU],
      instances: [
        held("voices.a", 7, { hostBytes: 100e6, gpuBytes: 1.2e9 }),
        held("voices.a", 8, { hostBytes: 50e6, gpuBytes: 0.8e9 }),
        held("voices.b", 9, { hostBytes: 10e6 }),
      ],
    };
    const pane = open({ slots: [slotView("voices.a"), slotView("voices.b")], memory }, { columns: 120 });
    expect(pane.lines[0]).toEndWith("MEM     GPU");
    expect(pane.lines[1]).toEndWith("150 MB  2.0 GB");
    expect(pane.lines[2]).toEndWith("10 MB       -");
    expect(pane.lines[1]).toContain("piper@1.0.0+slt@1.0.0");
    expect(pane.lines[1]).toContain(" cpu ");
  });

  test("fits every size, keeps the chosen slot of 200 visible, and uses colour never as the only sign", () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      slotView(`voices.${index === 150 ? "很长的中文名字" : `n${index}`}`, {
        ...(index % 7 === 0 && {
          state: "failed",
          error: { code: "plugin-failed", message: "很抱歉 ".repeat(40) },
        }),
      }),
    );
    const swaps = [
      swapRecord(
        [
          ["planned", 1_500],
          ["loading", 1_200],
        ],
        { slot: "voices.n199" },
      ),
    ];
    const memory = {
      devices: [HOST, GPU],
      instances: [held("voices.n3", 3, { hostBytes: 1e9, gpuBytes: 2e9 })],
    };
    for (const [columns, rows] of [
      [40, 6],
      [80, 20],
      [100, 26],
      [200, 56],
    ] as const) {
      for (const ascii of [true, false]) {
        const pane = open({ slots: many, swaps, memory }, { columns, rows, ascii });
        pane.press("pagedown", "down", "end");
        const lines = pane.drawn;
        expect(lines.length).toBeLessThanOrEqual(rows);
        // The one with the cursor fills its row; nothing that is told of slots is wider than the screen.
        for (const line of lines.slice(0, -1)) expect(lineCells(line)).toBeLessThanOrEqual(columns);
        expect(pane.chosen).toStartWith(ascii ? ">voices.n199" : "▌voices.n199");
        expect(pane.chosen).toContain(ascii ? "* ready" : "● ready");
      }
    }
  });

  test("filters by all the words, in any column", () => {
    const known = {
      slots: [
        slotView("voices.a"),
        slotView("voices.b", { state: "failed", running: RMS }),
        slotView("voices.c", { running: RMS }),
      ],
    };
    const names = (filter: string) =>
      open(known, { filter })
        .lines.slice(1)
        .flatMap((line) => /^.(voices\.\w)/.exec(line)?.[1] ?? []);
    expect(names("rms")).toEqual(["voices.b", "voices.c"]);
    expect(names("FAIL rms")).toEqual(["voices.b"]);
    expect(open(known, { filter: "zzz" }).text).toBe("No slot has these words");
  });

  test("says that it is loading, or why there is no data, and keeps the last data", () => {
    const error = { code: "forbidden", message: "The token may not read", details: [] };
    const refused = (engine: EngineState) =>
      new PaneUser(slots, withAnswer(engine, "slots", { ok: false, error }, NOW));
    expect(new PaneUser(slots).text).toBe("loading ...");
    expect(refused(engineKnowing()).text).toBe("The slots are not known: The token may not read");
    const stale = refused(open({ slots: [slotView("voices.a")] }).engine);
    expect(stale.lines[1]).toContain("voices.a");
    expect(stale.lines.at(-1)).toBe("✗ stale: The token may not read");
  });
});

describe("problems that need attention", () => {
  const error = {
    code: "plugin-blocked",
    message: "shy@1.0.0 asks for read /srv/words, which it was not granted",
  };
  const missing = [{ kind: "read" as const, allow: "/srv/words", reason: "a dictionary" }];
  const shy = plugin("shy", "1.0.0", { state: "blocked", permissions: { asked: missing, missing } });

  test("are shown wherever the cursor is: failed slots, and blocked plugins with the missing permissions", () => {
    const pane = open({
      slots: [slotView("voices.a"), slotView("voices.b", { state: "failed", error, running: null })],
      plugins: [shy, plugin("piper", "1.0.0")],
    });
    expect(pane.lines[2]).toContain("✗ blocked");
    expect(pane.lines.slice(-2)).toEqual([
      "✗ 1 slot has failed: voices.b",
      "✗ 1 plugin is blocked: shy@1.0.0 asks for read /srv/words  g grants it",
    ]);
    pane.press("down");
    expect(pane.text).toContain(
      "✗ plugin-blocked: shy@1.0.0 asks for read /srv/words, which it was not granted",
    );
  });

  test("are not shown if there are none", () => {
    const { text } = open({ slots: [slotView("voices.a")], plugins: [plugin("piper", "1.0.0")] });
    expect(text).not.toContain("✗");
  });
});

describe("a swap that is under way", () => {
  const slot = slotView("voices.a", { swap: "swap-1" });
  const shown = (...args: Parameters<typeof swapRecord>) =>
    open({ slots: [slot], swaps: [swapRecord(...args)] }).lines;

  test("shows its stage and duration in its row, and below the reached and the next stages", () => {
    const lines = shown([
      ["planned", 1_300],
      ["admitted", 1_290],
      ["starting", 1_280],
      ["loading", 1_240],
    ]);
    expect(lines[1]).toContain("● ready  ◐ loading 1.2 s → rms@1.0.0");
    expect(lines.slice(2, 6)).toEqual([
      "── voices.a ────────────────────────────────────────────────────────────────────",
      "swap to piper@1.0.0+rms@1.0.0, from piper@1.0.0+slt@1.0.0",
      "planned → admitted → starting → ◐ loading 1.2 s, then restoring, probing,",
      "   routed, draining, done",
    ]);
  });

  test("shows the right stages for a recreate, an unload and a canary", () => {
    const room = shown([
      ["planned", 9],
      ["admitted", 8],
      ["draining", 7],
    ])
      .join(" ")
      .replace(/\s+/g, " ");
    expect(room).toContain("◐ draining 0.0 s, then starting, loading, restoring, probing, routed, done");
    const unload = shown(
      [
        ["planned", 9],
        ["draining", 8],
      ],
      { to: null, reason: "unload" },
    ).join(" ");
    expect(unload).toContain("planned → ◐ draining 0.0 s, then done");
    const canary = shown(
      [
        ["planned", 90_000],
        ["canary", 61_000],
      ],
      { strategy: "canary", canary: { requests: 3, failed: 0, minRequests: 20, windowMs: 60_000 } },
    ).join(" ");
    expect(canary).toContain("the canary waits for 20 requests, has 3");
    expect(canary).toContain("◐ canary 1 min, then routed, draining, done");
    expect(canary).toContain("P promotes the canary, A rolls it back");
  });

  test("is the running one, if others wait", () => {
    const first = swapRecord([
      ["planned", 9],
      ["loading", 8],
    ]);
    const second = swapRecord([["planned", 3]], { id: "swap-2", to: SLT });
    // The slot may have been requested before there was any.
    for (const known of [slot, slotView("voices.a")]) {
      const { lines } = open({ slots: [known], swaps: [second, first] });
      expect(lines[1]).toContain("◐ loading");
      expect(lines[3]).toEndWith("; 1 more waits");
    }
  });

  test("says at its end how it ended, and what serves", () => {
    const done = endedSwap(
      [
        ["planned", 480],
        ["routed", 10],
        ["done", 0],
      ],
      { generation: 2 },
    );
    const well = open({ slots: [slot], swaps: [done] }).text;
    expect(well).toMatch(/^● [\d:]+ {2}piper@1\.0\.0\+rms@1\.0\.0 serves as generation 2, after 470 ms$/m);
    expect(well).toContain("planned → routed → ● done in 480 ms");
    const error = { code: "plugin-failed", message: "these weights are broken" };
    const failed = endedSwap(
      [
        ["planned", 1_200],
        ["loading", 900],
        ["failed", 0],
      ],
      { error },
    );
    const badly = open({ slots: [{ ...slot, error }], swaps: [failed] }, { columns: 160 }).text;
    expect(badly).toMatch(
      /^✗ [\d:]+ {2}the swap to piper@1\.0\.0\+rms@1\.0\.0 failed while loading, after 1\.20 s: these weights are broken\. piper@1\.0\.0\+slt@1\.0\.0 keeps serving$/m,
    );
    expect(badly).not.toContain("plugin-failed");
  });
});

test("Enter shows all details of a slot", () => {
  const slot = slotView("voices.a", {
    rollback: RMS,
    voices: ["a", "a/low"],
    notes: ["speaks slowly"],
    restarts: 2,
    error: { code: "config-invalid", message: "hertz must be a number" },
    running: { ...SLT, settings: { speed: 1.5 } },
    traffic: {
      ...NO_TRAFFIC,
      requestsPerSecond: 2,
      firstAudioP95Ms: 90,
      failedLastMinute: 3,
      active: 5,
      queued: 1,
    },
  });
  const { said } = open({ slots: [slot] }).press("enter");
  for (const part of [
    "✗ config-invalid: hertz must be a number",
    "● ready, 2 restarts of a process that died",
    "piper@1.0.0+slt@1.0.0, generation 1",
    "speed 1.5",
    "wanted      piper+slt, loaded at the start",
    "to piper@1.0.0+rms@1.0.0",
    "a, a/low",
    "2 requests a second, first audio within 90 ms (p95)",
    "3 failed",
    "5 active, of which 1 wait; at most 512",
    "50 MB of the host",
    "pid 7, serving, generation 1, 0 active, on cpu",
    "speaks slowly",
  ])
    expect(said).toContain(part);
});

test("the footer begins with the most useful keys", () => {
  const keys = (known: KnownSlots) => open(known).hints.map((hint) => hint.split(" ")[0]);
  const calm = { slots: [slotView("voices.a")] };
  expect(keys(calm)).toEqual(["Enter", "s", "r", "b", "u", "l", "g", "P", "A"]);
  const tried = swapRecord([
    ["planned", 2],
    ["canary", 1],
  ]);
  const blocked = plugin("shy", "1.0.0", { state: "blocked" });
  expect(keys({ ...calm, swaps: [tried], plugins: [blocked] })).toEqual([
    ...["P", "A", "g"],
    ...["Enter", "s", "r", "b", "u", "l"],
  ]);
});
