import { describe, expect, test } from "bun:test";
import { bindingChangeText } from "../../../../admin/panes/swaps/binding-change.ts";
import { ganttLines } from "../../../../admin/panes/history/gantt.ts";
import { history } from "../../../../admin/panes/history/pane.ts";
import { swapLines } from "../../../../admin/panes/history/swap-details.ts";
import type { Effect, View } from "../../../../admin/panes/pane.ts";
import { glyphsFor } from "../../../../admin/screen/mod.ts";
import type { EngineState, Resources } from "../../../../admin/state/mod.ts";
import type { ConfigVersionList, SlotView, SwapPlan } from "../../../../schemas/generated/api.ts";
import type { ResolvedBinding, SwapRecord, SwapStage } from "../../../../schemas/generated/swap.ts";
import { engineWith, NOW, pressed, texts, viewOf } from "./pane-view.ts";

const UTF8 = glyphsFor({ LANG: "C.UTF-8" });

type Change = (state: typeof history.initial, view: View) => ReturnType<typeof history.key>;

function binding(model: string, more: Partial<ResolvedBinding> = {}): ResolvedBinding {
  return { plugin: "piper@1.0.0", model, settings: {}, device: "cpu", ...more };
}

const OLD = binding("slt@1.0.0");
const NEW = binding("slt@1.1.0");

/** RFC 3339, so many seconds before now. */
function ago(seconds: number): string {
  return new Date(NOW - seconds * 1_000).toISOString();
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

function slotView(more: Partial<SlotView> = {}): SlotView {
  return {
    slot: "voices.slt",
    kind: "voice",
    state: "ready",
    load: "eager",
    generation: 2,
    desired: {},
    running: NEW,
    rollback: OLD,
    instances: [],
    ...more,
  };
}

const KNOWN: Partial<Resources> = {
  swaps: { swaps: [FAILED, DONE] },
  versions: VERSIONS,
  slots: { slots: [slotView()] },
};

function view(
  known: Partial<Resources> = KNOWN,
  more: Partial<View> = {},
  engine: Partial<EngineState> = {},
): View {
  return viewOf(engineWith(known, engine), more);
}

function rows(of: View): string[] {
  return texts(history.draw(history.initial, of)).filter((line) => line !== "");
}

/** Presses keys, of which the last one asks the engine something. @returns what is done with its answer */
function answered(of: View, value: unknown, ...keys: readonly string[]) {
  const [effect] = pressed(history, of, ...keys).effects ?? [];
  if (effect?.kind !== "request") throw new Error(`no request: ${JSON.stringify(effect)}`);
  const step = effect.then({ ok: true, value })(history.initial, of);
  return { path: effect.request.path, then: step.effects?.[0] };
}

/** @returns a dialog as it is read, with its command */
function dialogText(effect: Effect<Change> | Effect<never> | undefined): string {
  if (effect?.kind !== "dialog") throw new Error(`no dialog: ${JSON.stringify(effect)}`);
  const { dialog } = effect;
  if (dialog.kind !== "text" && dialog.kind !== "question") throw new Error(dialog.kind);
  return [dialog.title, ...texts(dialog.body), `$ ${dialog.command}`].join("\n");
}

describe("the list", () => {
  test("has swaps, versions and what was rejected in one order, each with how it ended and how long it took", () => {
    expect(rows(view())).toEqual([
      " TIME      OF          END           TOOK  WHAT",
      "▌03:03:45  config      ✗ rejected          /log must be an object (source file)",
      " 03:03:35  voices.slt  ✗ failed    200 ms  slt 1.0.0 → 9.0.0 (request)",
      " 03:03:20  config 2    ● in force          ~ /speech/defaultVoice (patch by ali…",
      " 03:03:05  voices.slt  ● done      300 ms  slt 1.0.0 → 1.1.0 (request)",
      " 02:54:05  config 1    ○ applied           the first config (source file)",
    ]);
  });

  test("says on a wide screen of what kind each is and why it was, in columns of their own", () => {
    const wide = rows(view(KNOWN, { size: { columns: 140, rows: 20 } }));
    expect(wide[0]).toMatch(/TIME +KIND +OF +END +TOOK +WHY +WHAT/);
    expect(wide[1]).toMatch(/rejected +file +✗ rejected/);
    expect(wide[3]).toMatch(/config +version 2 +● in force +patch by alice +~ \/speech\/defaultVoice/);
  });

  test("counts how long a swap has taken that is under way", () => {
    const under = { swaps: { swaps: [swap("s3", 12, ["planned", "loading"])] } };
    expect(rows(view(under))[1]).toMatch(/◐ loading +12 s/);
    expect(rows(view(under, { now: NOW + 60_000 }))[1]).toMatch(/◐ loading +1 min/);
  });

  test("is filtered by all the words, wherever they stand", () => {
    const found = (filter: string) => rows(view(KNOWN, { filter })).slice(1);
    expect(found("swap failed")).toHaveLength(1);
    expect(found("BROKEN weights")[0]).toContain("✗ failed");
    expect(found("alice")[0]).toContain("config 2");
    expect(found("slt 7.7.7")).toEqual([]);
  });

  test("does not show versions of a time of which the swaps are not known yet", () => {
    const page = { ...KNOWN, swaps: { swaps: [FAILED, DONE], before: "s1" } };
    expect(rows(view(page)).join("\n")).not.toContain("config 1");
    expect(rows(view(page)).at(-1)).toBe(" There are older ones: End goes further back");
  });

  test("asks for older swaps when the cursor comes to the end, once for a while", () => {
    const page = view({ ...KNOWN, swaps: { swaps: [FAILED, DONE], before: "s1" } });
    const step = pressed(history, page, "end");
    expect(step.effects).toEqual([{ kind: "older-swaps", before: "s1" }]);
    const key = { name: "end", prints: false };
    expect(history.key(step.state, key, page)?.effects).toBeUndefined();
    const later = { ...page, now: NOW + 5_000 };
    expect(history.key(step.state, key, later)?.effects).toHaveLength(1);
  });

  test("shows the swaps alone, and says why, to who may not read the config", () => {
    const error = { code: "forbidden", message: "The token has the scopes read", details: [] };
    const { versions: _, ...swaps } = KNOWN;
    const lines = rows(view(swaps, {}, { problems: { versions: error } }));
    expect(lines[0]).toBe("Swaps alone, without the config: The token has the scopes read");
    expect(lines).toHaveLength(4);
  });

  test("leaves room beneath it for what is chosen, on a high screen", () => {
    const lines = texts(history.draw(history.initial, view(KNOWN, { size: { columns: 140, rows: 56 } })));
    expect(lines.findIndex((line) => line.startsWith("── "))).toBe(31);
    expect(lines.find((line) => line.startsWith("── "))).toContain("rejected file");
    expect(lines.join("\n")).toContain("/etc/s.jsonc:3:4");
  });
});

describe("a swap", () => {
  test("is drawn with each stage at its place in the whole, as long as it took", () => {
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
    const [effect] = pressed(history, view(), "down", "enter").effects ?? [];
    const text = dialogText(effect as Effect<never>);
    expect(text).toContain("error       these weights are broken (plugin-failed)");
    expect(text).toContain("why         request: somebody asked for it");
    expect(text).toContain("from        piper@1.0.0+slt@1.0.0");
    expect(text).toContain("to          piper@1.0.0+slt@9.0.0");
    expect(text).toContain("$ syrinx history --slot voices.slt");
  });

  test("is told by what differs", () => {
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
  test("is opened with what it has changed, by the engine's word", () => {
    const changes = [{ pointer: "/speech/defaultVoice", from: "slt", to: "rms" }];
    const { path, then } = answered(view(), { from: 1, to: 2, patch: [], changes }, "down", "down", "enter");
    expect(path).toBe("/control/config/versions/2/diff");
    const text = dialogText(then as Effect<never>);
    expect(text).toContain('~ /speech/defaultVoice  "slt" → "rms"');
    expect(text).toContain("actor       alice");
    expect(text).toContain("$ syrinx config diff 1 2");
  });

  test("that was rejected is opened with every problem and its place", () => {
    const [effect] = pressed(history, view(), "enter").effects ?? [];
    const text = dialogText(effect as Effect<never>);
    expect(text).toContain("stayed      version 2");
    expect(text).toContain("/etc/s.jsonc:3:4\n/log\nmust be an object");
  });
});

describe("back to here", () => {
  const LIST = (...slots: SlotView[]) => ({ slots });

  test("is on a version of the config its rollback, with the plan before anything is done", () => {
    const plan = {
      base: 2,
      slots: [],
      sources: [],
      sections: [],
      changes: [{ pointer: "/log/level", from: "info", to: "warn" }],
    };
    const { path, then } = answered(view(), plan, "end", "b");
    expect(path).toBe("/control/config/rollback?dryRun=true");
    const text = dialogText(then as Effect<never>);
    expect(text).toContain("Roll back to config 1, and pin it");
    expect(text).toContain("$ syrinx config rollback 1");
  });

  test("is on the newest swap of what serves the slot's own rollback, which is asked first", () => {
    const { path, then } = answered(view(), LIST(slotView()), "down", "down", "down", "b");
    expect(path).toBe("/control/slots");
    const text = dialogText(then as Effect<never>);
    expect(text).toContain("now   piper@1.0.0+slt@1.1.0, generation 2\nthen  piper@1.0.0+slt@1.0.0");
    expect(text).toContain("$ syrinx rollback voices.slt");
  });

  test("is on an older one a swap to what it led to, with its plan and a command that names what differs", () => {
    const later = binding("slt@2.0.0", { settings: { threads: 2 } });
    const of = view();
    const asked = answered(of, LIST(slotView({ running: later })), "down", "down", "down", "b").then;
    if (asked?.kind !== "request") throw new Error("no plan was asked for");
    expect(asked.request).toMatchObject({
      path: "/control/slots/voices.slt/swap?dryRun=true",
      body: { plugin: "piper@1.0.0", model: "slt@1.1.0", settings: {}, device: "cpu" },
    });
    const plan: SwapPlan = {
      slot: "voices.slt",
      verdict: "swap",
      from: later,
      to: NEW,
      changes: [
        { pointer: "/model", from: "slt@2.0.0", to: "slt@1.1.0" },
        { pointer: "/settings/threads", from: 2 },
      ],
      permissions: { missing: [], added: [] },
      strategy: "blue-green",
      memory: { verdict: "fits-beside", device: "cpu", needs: [], evict: [], message: "there is room" },
    };
    const step = asked.then({ ok: true, value: plan })(history.initial, of);
    expect(dialogText(step.effects?.[0] as Effect<never>)).toContain(
      "$ syrinx swap voices.slt --model slt@1.1.0 --set threads=null",
    );
  });

  test("is nowhere where nothing was changed, and says so", () => {
    const notice = (keys: readonly string[], ...slots: SlotView[]) => {
      const { then } = answered(view(), LIST(...slots), ...keys);
      return then?.kind === "notice" ? then.text : then;
    };
    // The failed one left what serves as it was.
    expect(notice(["down", "b"], slotView({ running: OLD }))).toBe(
      "voices.slt runs piper@1.0.0+slt@1.0.0 already",
    );
    expect(notice(["down", "b"])).toStartWith("voices.slt is not in the config any more");
    const { rollback: _, ...first } = slotView();
    expect(notice(["down", "down", "down", "b"], first)).toBe(
      "voices.slt: there is nothing to go back to, as nothing but piper@1.0.0+slt@1.1.0 has served it",
    );
    expect(pressed(history, view(), "b").effects).toMatchObject([{ kind: "notice" }]);
  });

  test("tells how it has ended, and the cursor stays with it meanwhile", () => {
    const of = view();
    const { then } = answered(of, LIST(slotView()), "down", "down", "down", "b");
    if (then?.kind !== "dialog" || then.dialog.kind !== "question") throw new Error("no question");
    const [start] = then.dialog.then(history.initial, of).effects ?? [];
    if (start?.kind !== "request") throw new Error("nothing was started");
    expect(start.request.path).toBe("/control/slots/voices.slt/rollback?wait=false");
    const begun = swap("s9", 0, ["planned"], { from: NEW, to: OLD, reason: "rollback" });
    const { state } = start.then({ ok: true, value: begun })(history.initial, of);
    const under = view({ ...KNOWN, swaps: { swaps: [begun, FAILED, DONE] } });
    expect(texts(history.draw(state, under)).find((line) => line.startsWith("▌"))).toContain("◐ planned");
    expect(history.heard?.(state, under)).toBeUndefined();
    const ended = swap("s9", 0, ["planned", "routed", "done"], { from: NEW, to: OLD, generation: 3 });
    const step = history.heard?.(state, view({ ...KNOWN, swaps: { swaps: [ended, FAILED, DONE] } }));
    expect(step?.effects).toMatchObject([
      {
        kind: "notice",
        tone: "good",
        text: expect.stringContaining("piper@1.0.0+slt@1.0.0 serves as generation 3"),
      },
    ]);
    expect(step?.state.begun).toEqual([]);
  });
});
