import { describe, expect, test } from "bun:test";
import { validate } from "../../../../core/config/layers/validate.ts";
import { type FullConfig, planChange } from "../../../../core/config/mod.ts";
import { violationsOf, wantedSlotOf } from "../../../../core/engine/wanted-slots.ts";
import { SyrinxError } from "../../../../core/errors.ts";

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

describe("the slots that a config wants", () => {
  test("are none where nothing changes, or the slot is removed", () => {
    expect(wanted({})).toEqual([]);
    expect(wanted({ sinks: { archive: null } })).toEqual([]);
  });

  test("get a new binding if it differs, also in live settings, but not if only the load policy differs", () => {
    const rebinds = (after: object, live: string[] = []) => wanted(after, live).map((one) => one.rebinds);
    expect(rebinds({ voices: { slt: { settings: { a: 1 } } } })).toEqual([true]);
    expect(rebinds({ voices: { slt: { settings: { a: 1 } } } }, ["a"])).toEqual([true]);
    expect(rebinds({ voices: { slt: { load: "on-demand" } } })).toEqual([false]);
    expect(rebinds({ sinks: { archive: { format: "mp3" } } })).toEqual([false]);
  });
});

describe("a slot that does not come up", () => {
  test("is reported at its place in the config, even with dots in its name", () => {
    const error = new SyrinxError("release-not-found", "no such plugin");
    expect(violationsOf({ slot: "voices.a.b", error })).toEqual([
      { pointer: "/voices/a.b", message: "no such plugin" },
    ]);
  });

  test("because of its settings is reported once for each mistake, with its place", () => {
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
