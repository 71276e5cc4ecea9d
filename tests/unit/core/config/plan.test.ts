import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { changedPointers } from "../../../../core/config/json/differences.ts";
import { validate } from "../../../../core/config/layers/validate.ts";
import type { FullConfig } from "../../../../core/config/mod.ts";
import { hasChanges, planChange, type Rebinding, type SlotEntry } from "../../../../core/config/plan.ts";

function config(document: unknown = {}): FullConfig {
  const { config, problems } = validate([{ document, origin: "test" }]);
  if (!config) throw new Error(JSON.stringify(problems));
  return config;
}

describe("the plan of a config change", () => {
  test("at the start every slot is added", () => {
    const plan = planChange(null, config());
    expect(plan.slots.map(({ slot, action }) => [slot, action])).toEqual([
      ["voices.slt", "add"],
      ["voices.rms", "add"],
      ["sinks.archive", "add"],
    ]);
  });

  test("equal configs leave every slot alone, whatever the order of their keys", () => {
    const one = config({ voices: { slt: { settings: { a: 1, b: { c: [1, 2] } } } } });
    const other = config({ voices: { slt: { settings: { b: { c: [1, 2] }, a: 1 } } } });
    const plan = planChange(one, other);
    expect(plan.slots.every(({ action }) => action === "unchanged")).toBe(true);
    expect(hasChanges(plan)).toBe(false);
  });

  test("only the slots that changed are touched, and the plan says what changed in them", () => {
    const before = config({ voices: { tone: { plugin: "tone" } } });
    const after = config({
      voices: { slt: { model: "other@^2.0.0", settings: { speed: 2 } }, tone: null, new: { plugin: "tone" } },
    });
    const plan = planChange(before, after);
    expect(plan.slots).toEqual([
      expect.objectContaining({ slot: "voices.slt", action: "swap", changed: ["/model", "/settings/speed"] }),
      { slot: "voices.rms", kind: "voice", action: "unchanged" },
      expect.objectContaining({ slot: "voices.new", action: "add" }),
      expect.objectContaining({ slot: "voices.tone", action: "remove" }),
      { slot: "sinks.archive", kind: "sink", action: "unchanged" },
    ]);
    expect(plan.sections).toEqual([]);
  });

  test("values outside the binding are reconfigured, in both kinds of slot, and start no new process", () => {
    const before = config({ voices: { rms: { idleUnloadMs: 1000, memoryLimitBytes: 5 } } });
    const after = config({
      voices: { slt: { load: "on-demand", memoryLimitBytes: 1e9 }, rms: { idleUnloadMs: 0 } },
      sinks: { archive: { format: "mp3", memoryLimitBytes: 1e9 } },
    });
    const { slots, sections } = planChange(before, after);
    expect(sections).toEqual([]);
    expect(slots).toEqual([
      {
        slot: "voices.slt",
        kind: "voice",
        action: "reconfigure",
        before: before.voices.slt!,
        after: after.voices.slt!,
        changed: ["/load", "/memoryLimitBytes"],
        rebinding: "untouched",
      },
      expect.objectContaining({ action: "reconfigure", changed: ["/idleUnloadMs", "/memoryLimitBytes"] }),
      expect.objectContaining({
        slot: "sinks.archive",
        action: "reconfigure",
        changed: ["/format", "/memoryLimitBytes"],
      }),
    ]);
    expect(hasChanges(planChange(before, after))).toBe(true);
  });

  test("what runs decides what a changed binding costs: nothing, other settings, or a process", () => {
    const after = config({
      voices: { slt: { settings: { "live/a": { b: 1 } }, idleUnloadMs: 5 } },
      sinks: { archive: { settings: { format: "mp3" } } },
      sources: { file: { plugin: "file", settings: { pollMs: 5 }, force: true } },
    });
    const needs = new Map<string, Rebinding>();
    const need = ({ slot }: SlotEntry) => needs.get(slot) as Exclude<Rebinding, "untouched">;
    for (const [rebinding, action] of [
      ["runs", "reconfigure"],
      ["live", "reconfigure"],
      ["process", "swap"],
    ] as const) {
      for (const slot of ["voices.slt", "sinks.archive", "sources.file"]) needs.set(slot, rebinding);
      const { slots, sources } = planChange(config(), after, { need });
      for (const one of [slots[0], slots[2], sources[0]]) expect(one).toMatchObject({ action, rebinding });
      expect(slots[0]).toMatchObject({ changed: ["/settings/live~1a", "/idleUnloadMs"] });
      expect(hasChanges({ slots, sources, sections: [] })).toBe(true);
    }
  });

  test("a slot whose entry is the same is left alone, whatever it runs", () => {
    const need = () => {
      throw new Error("it was asked");
    };
    const before = config({ voices: { slt: { load: "on-demand" } } });
    const after = config({
      voices: { slt: { load: "on-demand", idleUnloadMs: 5 } },
      speech: { maxQueue: 5 },
    });
    const { slots } = planChange(before, after, { need });
    expect(slots.map(({ action }) => action)).toEqual(["reconfigure", "unchanged", "unchanged"]);
  });

  test("a new binding is a swap, whatever else of the slot changes with it", () => {
    const after = config({
      voices: { slt: { load: "on-demand", device: "cpu" } },
      sinks: { archive: { format: "mp3", settings: { format: "mp3" } } },
    });
    expect(planChange(config(), after).slots).toEqual([
      expect.objectContaining({ slot: "voices.slt", action: "swap", changed: ["/device", "/load"] }),
      expect.objectContaining({ slot: "voices.rms", action: "unchanged" }),
      expect.objectContaining({
        slot: "sinks.archive",
        action: "swap",
        changed: ["/format", "/settings/format"],
      }),
    ]);
  });

  test("sections that changed are named", () => {
    const token = { name: "me", sha256: "0".repeat(64), scopes: ["speak"] };
    expect(
      planChange(config(), config({ server: { tokens: [token] }, log: { level: "debug" } })),
    ).toMatchObject({ sections: ["server", "log"] });
    expect(planChange(config(), config({ memory: { budgets: { host: "50%" } } })).sections).toEqual([
      "memory",
    ]);
  });

  test("two JSON values differ at no pointer exactly when they are equal", () => {
    const value = fc.dictionary(fc.constantFrom("a", "b", "c/d"), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(changedPointers(one, structuredClone(one))).toEqual([]);
        const [a, b] = JSON.parse(JSON.stringify([one, other])) as [unknown, unknown];
        expect(changedPointers(a, b).length === 0).toBe(Bun.deepEquals(a, b, true));
      }),
    );
  });
});
