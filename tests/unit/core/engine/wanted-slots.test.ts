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

function wanted(after: unknown, need: "runs" | "live" | "process" = "process") {
  const plan = planChange(config(), config(after), { need: () => need });
  return plan.slots.flatMap(wantedSlotOf);
}

describe("the slots that a config wants", () => {
  test("are none where nothing changes, or the slot is removed", () => {
    expect(wanted({})).toEqual([]);
    expect(wanted({ sinks: { archive: null } })).toEqual([]);
  });

  test("are filled if they need it, adopt what they run already, and else keep their binding", () => {
    const binding = (after: object, need?: "runs" | "live") => wanted(after, need).map((one) => one.binding);
    const other = { voices: { slt: { settings: { a: 1 } } } };
    expect(binding(other)).toEqual(["fill"]);
    expect(binding(other, "live")).toEqual(["fill"]);
    expect(binding(other, "runs")).toEqual(["adopt"]);
    expect(binding({ voices: { slt: { load: "on-demand" } } })).toEqual(["keep"]);
    expect(binding({ sinks: { archive: { format: "mp3" } } })).toEqual(["keep"]);
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
