import { describe, expect, test } from "bun:test";
import { planLines } from "../../../../../admin/tui/panes/config-plan.ts";
import { glyphsFor, textOf } from "../../../../../admin/tui/screen/mod.ts";
import type { ConfigPlanView, SlotPlan } from "../../../../../schemas/generated/api.ts";

const GLYPHS = glyphsFor({});
const NOTHING: ConfigPlanView = { base: 3, slots: [], sources: [], sections: [], changes: [] };
const MEMORY: NonNullable<SlotPlan["memory"]> = {
  verdict: "fits-after-unload",
  device: "cpu",
  needs: [{ device: "cpu", bytes: 5 }],
  evict: [],
  message: "voices.slt needs 5 B of the host",
};

function slot(more: Partial<SlotPlan>): SlotPlan {
  return { slot: "voices.slt", action: "swap", changed: [], cost: "load", ...more };
}

function texts(plan: Partial<ConfigPlanView>): string[] {
  return planLines({ ...NOTHING, ...plan }, 80, GLYPHS).map(textOf);
}

describe("the lines of a plan", () => {
  test("name each slot that is touched, what it costs and whether there is memory, then each value", () => {
    expect(
      texts({
        slots: [slot({ memory: MEMORY }), slot({ slot: "sinks.archive", action: "unchanged", cost: "none" })],
        sources: [slot({ slot: "sources.central", action: "remove", cost: "none" })],
        sections: ["sources"],
        changes: [{ pointer: "/voices/slt/model", from: "a", to: "b" }],
      }),
    ).toEqual([
      "voices.slt       swap         * a load: there is memory once others are unloaded",
      "  voices.slt needs 5 B of the host",
      "sources.central  remove       nothing is loaded",
      "1 slot stays as it is.",
      "",
      '~ /voices/slt/model  "a" -> "b"',
    ]);
  });

  test("name a slot that would not load, and missing memory", () => {
    const changes = [{ pointer: "/x", to: 1 }];
    expect(texts({ slots: [slot({ problem: "no release of piper fits" })], changes })).toContain(
      "  no release of piper fits",
    );
    const refused = slot({ memory: { ...MEMORY, verdict: "refused" } });
    expect(texts({ slots: [refused], changes })[0]).toContain("x a load: there is no memory");
  });

  test("say that no slot is touched, that the order alone changes, or that nothing does", () => {
    expect(texts({ changes: [{ pointer: "/log/level", from: "info", to: "warn" }] })[0]).toBe(
      "No slot is touched.",
    );
    expect(texts({ sections: ["sources"] })).toContain("~ the sources are in another order");
    expect(texts({})).toEqual(["No value changes."]);
  });
});
