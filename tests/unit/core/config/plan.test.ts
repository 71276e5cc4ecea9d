import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { changedPointers } from "../../../../core/config/json/differences.ts";
import { validate } from "../../../../core/config/layers/validate.ts";
import type { FullConfig } from "../../../../core/config/mod.ts";
import { hasChanges, planChange } from "../../../../core/config/plan.ts";

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

  test("settings that a plugin takes as it runs are reconfigured, and are part of a swap with others", () => {
    const plan = (settings: object, more: object = {}) => {
      const after = config({ voices: { slt: { settings, ...more } } });
      const takesLive = (slot: string, key: string) => slot === "voices.slt" && key.startsWith("live");
      return planChange(config(), after, { takesLive }).slots[0];
    };
    expect(plan({ "live/a": { b: 1 } })).toMatchObject({
      action: "reconfigure",
      changed: ["/settings/live~1a"],
    });
    expect(plan({ live: 1 }, { idleUnloadMs: 5 })).toMatchObject({ action: "reconfigure" });
    expect(plan({ live: 1, other: 1 })).toMatchObject({ action: "swap" });
    expect(plan({ live: 1 }, { device: "cpu" })).toMatchObject({ action: "swap" });
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
