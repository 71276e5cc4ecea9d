import { describe, expect, test } from "bun:test";
import { ganttLines } from "../../../../../admin/tui/panes/history/gantt.ts";
import { history } from "../../../../../admin/tui/panes/history/pane.ts";
import { swapLines } from "../../../../../admin/tui/panes/history/swap-details.ts";
import { bindingChangeText } from "../../../../../admin/tui/panes/swaps/binding-change.ts";
import { glyphsFor } from "../../../../../admin/tui/screen/mod.ts";
import type { EngineState } from "../../../../../admin/tui/state/mod.ts";
import type { ConfigVersionList, SlotView } from "../../../../../schemas/generated/api.ts";
import type { ResolvedBinding, SwapRecord, SwapStage } from "../../../../../schemas/generated/swap.ts";
import { engineKnowing, type Known, ago as msAgo, NOW, swapEvent } from "./known-engine.ts";
import { slotView, swapPlan } from "./known-slots.ts";
import { type Looks, PaneUser, texts } from "./pane-user.ts";

const UTF8 = glyphsFor({ LANG: "C.UTF-8" });

function binding(model: string, more: Partial<ResolvedBinding> = {}): ResolvedBinding {
  return { plugin: "piper@1.0.0", model, settings: {}, device: "cpu", ...more };
}

const OLD = binding("slt@1.0.0");
const NEW = binding("slt@1.1.0");

/** RFC 3339, so many seconds before now. */
function ago(seconds: number): string {
  return msAgo(seconds * 1_000);
}

/** A swap whose stages took 100 ms each. */
function swap(
  id: string,
  secondsAgo: number,
  stages: readonly SwapStage[],
  more: Partial<SwapRecord> = {},
): SwapRecord {
  const stage = stages.at(-1) ?? "planned";
  const isOver = ["done", "failed", "rolled-back", "interrupted"].includes(stage);
  return {
    id,
    slot: "voices.slt",
    reason: "request",
    from: OLD,
    to: NEW,
    stage,
    stages: stages.map((one, index) => ({
      stage: one,
      at: ago(secondsAgo - index / 10),
      elapsedMs: index * 100,
    })),
    startedAt: ago(secondsAgo),
    ...(isOver && { endedAt: ago(secondsAgo - stages.length / 10) }),
    ...more,
  };
}

const DONE = swap("s1", 60, ["planned", "loading", "routed", "done"], { generation: 2 });
const FAILED = swap("s2", 30, ["planned", "loading", "failed"], {
  to: binding("slt@9.0.0"),
  error: { code: "plugin-failed", message: "these weights are broken" },
});

const VERSIONS: ConfigVersionList = {
  versions: [
    {
      number: 2,
      at: ago(45),
      cause: "patch",
      source: "overrides",
      actor: "alice",
      outcome: "applied",
      patch: [{ op: "replace", path: "/speech/defaultVoice", value: "rms" }],
    },
    { number: 1, at: ago(600), cause: "source", source: "file", outcome: "applied" },
  ],
  rejections: [
    {
      id: 1,
      at: ago(20),
      base: 2,
      cause: "source",
      source: "file",
      outcome: "rejected",
      problems: [
        { pointer: "/log", message: "must be an object", origin: "/etc/s.jsonc", line: 3, column: 4 },
      ],
    },
  ],
};

/** As it is after DONE. */
function slot(more: Partial<SlotView> = {}): SlotView {
  return slotView("voices.slt", { generation: 2, running: NEW, rollback: OLD, instances: [], ...more });
}

const KNOWN: Known = {
  swaps: { swaps: [FAILED, DONE] },
  versions: VERSIONS,
  slots: { slots: [slot()] },
};

const open = (known = KNOWN, looks: Looks = {}, more: Partial<EngineState> = {}) =>
  new PaneUser(history, engineKnowing(known, more), looks);

/** @returns its lines that have something in them */
function rows({ lines }: ReturnType<typeof open>): string[] {
  return lines.filter((line) => line !== "");
}

describe("the list", () => {
  test("has swaps, versions and rejections in one order, each with its result and duration", () => {
    expect(rows(open())).toEqual([
      " TIME      OF          END           TOOK  WHAT",
      "▌03:03:45  config      ✗ rejected          /log must be an object (source file)",
      " 03:03:35  voices.slt  ✗ failed    200 ms  slt 1.0.0 → 9.0.0 (request)",
      " 03:03:20  config 2    ● active            ~ /speech/defaultVoice (patch by ali…",
      " 03:03:05  voices.slt  ● done      300 ms  slt 1.0.0 → 1.1.0 (request)",
      " 02:54:05  config 1    ○ applied           the first config (source file)",
    ]);
  });

  test("has columns for kind and reason on a wide screen", () => {
    const wide = rows(open(KNOWN, { columns: 140 }));
    expect(wide[0]).toMatch(/TIME +KIND +OF +END +TOOK +WHY +WHAT/);
    expect(wide[1]).toMatch(/rejected +file +✗ rejected/);
    expect(wide[3]).toMatch(/config +version 2 +● active +patch by alice +~ \/speech\/defaultVoice/);
  });

  test("counts how long a swap has taken that is under way", () => {
    const under = { swaps: { swaps: [swap("s3", 12, ["planned", "loading"])] } };
    const pane = open(under);
    expect(rows(pane)[1]).toMatch(/◐ loading +12 s/);
    pane.now += 60_000;
    expect(rows(pane)[1]).toMatch(/◐ loading +1 min/);
  });

  test("is filtered by all the words, in any column", () => {
    const found = (filter: string) => rows(open(KNOWN, { filter })).slice(1);
    expect(found("swap failed")).toHaveLength(1);
    expect(found("BROKEN weights")[0]).toContain("✗ failed");
    expect(found("alice")[0]).toContain("config 2");
    expect(found("slt 7.7.7")).toEqual([]);
  });

  test("does not show versions that are older than the loaded swaps", () => {
    const page = { ...KNOWN, swaps: { swaps: [FAILED, DONE], before: "s1" } };
    expect(rows(open(page)).join("\n")).not.toContain("config 1");
    expect(rows(open(page)).at(-1)).toBe(" There are older ones: End goes further back");
  });

  test("requests older swaps when the cursor reaches the end, but not repeatedly", () => {
    const pane = open({ ...KNOWN, swaps: { swaps: [FAILED, DONE], before: "s1" } }).press("end");
    expect(pane.effects).toEqual([{ kind: "older-swaps", before: "s1" }]);
    expect(pane.press("end").effects).toEqual([]);
    pane.now += 5_000;
    expect(pane.press("end").effects).toHaveLength(1);
  });

  test("shows only the swaps, and says why, to a token that may not read the config", () => {
    const error = { code: "forbidden", message: "The token has the scopes read", details: [] };
    const { versions: _, ...swaps } = KNOWN;
    const lines = rows(open(swaps, {}, { problems: { versions: error } }));
    expect(lines[0]).toBe("Only swaps are shown, without the config: The token has the scopes read");
    expect(lines).toHaveLength(4);
  });

  test("shows the details of the chosen entry below the list on a high screen", () => {
    const { lines } = open(KNOWN, { columns: 140, rows: 56 });
    expect(lines.findIndex((line) => line.startsWith("── "))).toBe(31);
    expect(lines.find((line) => line.startsWith("── "))).toContain("rejected file");
    expect(lines.join("\n")).toContain("/etc/s.jsonc:3:4");
  });
});

describe("a swap", () => {
  test("is drawn with each stage at its time, as long as it took", () => {
    expect(texts(ganttLines(DONE, 60, UTF8, NOW))).toEqual([
      "STAGE        AFTER                                      TOOK",
      "  planned     0 ms  ██████████                        100 ms",
      "  loading   100 ms            ███████████             100 ms",
      "  routed    200 ms                       ██████████   100 ms",
      "● done      300 ms                                │",
    ]);
  });

  test("that is under way is drawn up to now", () => {
    const lines = texts(ganttLines(swap("s3", 4, ["planned", "loading"]), 60, UTF8, NOW));
    expect(lines.at(-1)).toMatch(/^◐ loading +100 ms +▒+ +3\.90 s$/);
  });

  test("keeps every line within the room there is, down to a small screen", () => {
    for (const columns of [40, 60, 74, 100])
      for (const line of texts(swapLines(FAILED, columns, { glyphs: UTF8, now: NOW })))
        expect(line.length).toBeLessThanOrEqual(columns);
  });

  test("is opened with the error, the reason and the bindings in full, and the command that lists it", () => {
    const pane = open().press("down", "enter");
    const text = pane.said;
    expect(text).toContain("error       these weights are broken (plugin-failed)");
    expect(text).toContain("why         request: a user requested it");
    expect(text).toContain("from        piper@1.0.0+slt@1.0.0");
    expect(text).toContain("to          piper@1.0.0+slt@9.0.0");
    expect(pane.dialog("text").command).toBe("syrinx history --slot voices.slt");
  });

  test("is described by what differs", () => {
    const text = (from: ResolvedBinding | null, to: ResolvedBinding | null) =>
      bindingChangeText(from, to, "→");
    expect(text(OLD, NEW)).toBe("slt 1.0.0 → 1.1.0");
    expect(text(OLD, binding("rms@1.0.0"))).toBe("slt@1.0.0 → rms@1.0.0");
    expect(text(OLD, { ...OLD, settings: { threads: 2 }, device: "cuda:0" })).toBe(
      "device cpu → cuda:0, threads default → 2",
    );
    expect(text(OLD, OLD)).toBe("piper@1.0.0+slt@1.0.0 again");
    expect(text(null, OLD)).toBe("→ piper@1.0.0+slt@1.0.0");
    expect(text(OLD, null)).toBe("piper@1.0.0+slt@1.0.0 → nothing");
    expect(text(OLD, { plugin: "tone@1.0.0", settings: { hertz: 1 }, device: "cpu" })).toBe(
      "piper@1.0.0 → tone@1.0.0, slt@1.0.0 → no model",
    );
  });
});

describe("a version of the config", () => {
  test("is opened with its changes, as the engine reports them", () => {
    const changes = [{ pointer: "/speech/defaultVoice", from: "slt", to: "rms" }];
    const pane = open().press("down", "down", "enter");
    expect(pane.request.path).toBe("/control/config/versions/2/diff");
    pane.answer({ from: 1, to: 2, patch: [], changes });
    expect(pane.said).toContain('~ /speech/defaultVoice  "slt" → "rms"');
    expect(pane.said).toContain("actor       alice");
    expect(pane.dialog("text").command).toBe("syrinx config diff 1 2");
  });

  test("that was rejected is opened with every problem and its position", () => {
    const { said } = open().press("enter");
    expect(said).toContain("stayed      version 2");
    expect(said).toContain("/etc/s.jsonc:3:4\n/log\nmust be an object");
  });
});

describe("roll back to here", () => {
  /** Asks for the way back to the swap that is so far down, and tells what fills the slot now. */
  const back = (down: number, slot: SlotView) => {
    const pane = open().press(...Array.from({ length: down }, () => "down"), "b");
    expect(pane.request.path).toBe(`/control/slots/${slot.slot}`);
    return pane.answer(slot);
  };

  test("on a config version: rolls the config back, after the plan", () => {
    const pane = open().press("end", "b");
    expect(pane.request.path).toBe("/control/config/rollback?dryRun=true");
    const changes = [{ pointer: "/log/level", from: "info", to: "warn" }];
    pane.answer({ base: 2, slots: [], sources: [], sections: [], changes });
    expect(pane.dialog("question")).toMatchObject({
      title: "Roll back to config 1, and pin it",
      command: "syrinx config rollback 1",
    });
  });

  test("on the newest swap of a slot: rolls the slot back, after a question", () => {
    const pane = back(3, slot());
    expect(pane.said).toContain(
      "now   piper@1.0.0+slt@1.1.0, generation 2\nthen  piper@1.0.0+slt@1.0.0, which served before",
    );
    expect(pane.dialog("question").command).toBe("syrinx rollback voices.slt");
    const other = { ...OLD, settings: { threads: 2 } };
    expect(back(3, slot({ rollback: other })).said).toContain("+ /settings/threads  2");
  });

  test("on an older swap: swaps to its binding, with the plan and the command", () => {
    const later = binding("slt@2.0.0", { settings: { threads: 2, "a/b": "c d" } });
    const pane = back(3, slot({ running: later }));
    expect(pane.request).toMatchObject({
      path: "/control/slots/voices.slt/swap?dryRun=true",
      body: { plugin: "piper@1.0.0", model: "slt@1.1.0", settings: {}, device: "cpu" },
    });
    const changes = [
      { pointer: "/model", from: "slt@2.0.0", to: "slt@1.1.0" },
      { pointer: "/settings/threads", from: 2 },
      { pointer: "/settings/a~1b", from: "c d", to: "it's" },
    ];
    const to = { ...NEW, settings: { "a/b": "it's" } };
    pane.answer(swapPlan({ slot: "voices.slt", from: later, to, changes }));
    expect(pane.dialog("question")).toMatchObject({
      title: "Roll voices.slt back to here",
      yes: "Roll back",
      command: `syrinx swap voices.slt --model slt@1.1.0 --set threads=null --set 'a/b=it'\\''s'`,
    });
  });

  test("that would be refused says why, and is not requested", () => {
    const pane = back(3, slot({ running: binding("slt@2.0.0") }));
    const { memory } = swapPlan();
    pane.answer(swapPlan({ slot: "voices.slt", memory: { ...memory, verdict: "refused" } }));
    expect(pane.dialog("text").title).toBe("voices.slt would not be swapped");
  });

  test("on an entry that changed nothing: says so", () => {
    // The failed one left what serves as it was.
    expect(back(1, slot({ running: OLD })).notice).toBe("voices.slt runs piper@1.0.0+slt@1.0.0 already");
    const gone = open({ ...KNOWN, slots: { slots: [] } }).press("down", "b");
    expect(gone.notice).toStartWith("voices.slt is not in the config any more");
    const { rollback: _, ...first } = slot();
    expect(back(3, first).notice).toBe(
      "voices.slt: there is nothing to go back to, because only piper@1.0.0+slt@1.1.0 has served it",
    );
    expect(open().press("b").notice).toBeString();
  });

  test("says how it ended, and the cursor stays on the entry", () => {
    const pane = back(3, slot()).yes();
    expect(pane.request.path).toBe("/control/slots/voices.slt/rollback?wait=false");
    const begun = swap("s9", 0, ["planned"], { from: NEW, to: OLD, reason: "rollback" });
    pane.answer(begun);
    expect(pane.notice).toBe("voices.slt: the rollback to piper@1.0.0+slt@1.0.0 is under way");
    const told = pane.effects;
    expect(pane.hear(swapEvent(begun)).effects).toBe(told);
    expect(pane.chosen).toContain("◐ planned");
    pane.hear(swapEvent(swap("s9", 0, ["planned", "routed", "done"], { from: NEW, to: OLD, generation: 3 })));
    expect(pane.effect("notice")).toMatchObject({
      tone: "good",
      text: expect.stringContaining("piper@1.0.0+slt@1.0.0 serves as generation 3"),
    });
    expect(pane.state.begun).toEqual([]);
  });
});
