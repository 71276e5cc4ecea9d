import { describe, expect, test } from "bun:test";
import { type FullConfig, planChange } from "../../../../core/config/mod.ts";
import { validate } from "../../../../core/config/layers/validate.ts";
import { SyrinxError } from "../../../../core/errors.ts";
import { violationsOf, wantedSlotOf } from "../../../../core/engine/wanted-slots.ts";

function config(document: unknown = {}): FullConfig {
  const { config: whole, problems } = validate([{ document, origin: "test" }]);
  if (!whole) throw new Error(JSON.stringify(problems));
  return whole;
}

function wanted(after: unknown, live: readonly string[] = []) {
  const plan = planChange(config(), config(after), {
    takesLive: (_, setting) => live.includes(setting),
  });
  return plan.slots.flatMap(wantedSlotOf);
}

describe("what a config wants of its slots", () => {
  test("is nothing where nothing changes, or the slot goes", () => {
    expect(wanted({})).toEqual([]);
    expect(wanted({ sinks: { archive: null } })).toEqual([]);
  });

  test("is another binding where that differs, live settings among it, and not where only its loadPolicy does", () => {
    const rebinds = (after: object, live: string[] = []) => wanted(after, live).map((one) => one.rebinds);
    expect(rebinds({ voices: { slt: { settings: { a: 1 } } } })).toEqual([true]);
    expect(rebinds({ voices: { slt: { settings: { a: 1 } } } }, ["a"])).toEqual([true]);
    expect(rebinds({ voices: { slt: { load: "on-demand" } } })).toEqual([false]);
    expect(rebinds({ sinks: { archive: { format: "mp3" } } })).toEqual([false]);
  });
});

describe("a slot that does not come up", () => {
  test("is told where the config has it, whatever dots are in its name", () => {
    const error = new SyrinxError("release-not-found", "no such plugin");
    expect(violationsOf({ slot: "voices.a.b", error })).toEqual([
      { pointer: "/voices/a.b", message: "no such plugin" },
    ]);
  });

  test("for its settings has each of them told where it is", () => {
    const violations = [
      { pointer: "/hertz", message: "must be >= 20" },
      { pointer: "", message: '"model" is missing' },
    ];
    const error = new SyrinxError("settings-invalid", "do not fit", { violations });
    expect(violationsOf({ slot: "sinks.a", error })).toEqual([
      { pointer: "/sinks/a/settings/hertz", message: "must be >= 20" },
      { pointer: "/sinks/a/settings", message: '"model" is missing' },
    ]);
  });
});
