import { describe, expect, test } from "bun:test";
import { Freshness, type Resource } from "../../../../../admin/tui/state/mod.ts";

const NONE = new Set<Resource>();
const SLOTS = new Set<Resource>(["slots"]);

/** As an engine that answers at once. */
function asked(freshness: Freshness, needed: ReadonlySet<Resource>, now: number): Resource[] {
  const due = freshness.due(needed, now);
  for (const one of due) freshness.answered(one);
  return due;
}

describe("when to ask the engine again", () => {
  test("is at once for what a pane needs, and often while it is shown", () => {
    const freshness = new Freshness();
    expect(asked(freshness, SLOTS, 0)).toContain("slots");
    expect(asked(freshness, SLOTS, 1_000)).not.toContain("slots");
    expect(asked(freshness, SLOTS, 2_000)).toContain("slots");
    expect(asked(freshness, NONE, 4_000)).not.toContain("slots");
    expect(asked(freshness, NONE, 12_000)).toContain("slots");
  });

  test("is never for what no pane has needed", () => {
    const freshness = new Freshness();
    freshness.age(["plugins"]);
    expect(asked(freshness, NONE, 0)).not.toContain("plugins");
    expect(asked(freshness, NONE, 1e9)).not.toContain("plugins");
  });

  test("is soon after an event, but not for every one of a hundred", () => {
    const freshness = new Freshness();
    asked(freshness, SLOTS, 0);
    let times = 0;
    for (let now = 10; now <= 1_000; now += 10) {
      freshness.age(["slots"]);
      if (asked(freshness, SLOTS, now).includes("slots")) times++;
    }
    expect(times).toBe(2);
  });

  test("waits for one answer before it asks again", () => {
    const freshness = new Freshness();
    expect(freshness.due(SLOTS, 0)).toContain("slots");
    expect(freshness.due(SLOTS, 60_000)).not.toContain("slots");
    freshness.answered("slots");
    expect(freshness.due(SLOTS, 60_001)).toContain("slots");
  });
});
