import { describe, expect, test } from "bun:test";
import { type EventsState, events } from "../../../../../admin/tui/panes/events/pane.ts";
import { type EngineState, withEvents } from "../../../../../admin/tui/state/mod.ts";
import type { EngineEvent } from "../../../../../schemas/generated/event.ts";
import { ago, engineKnowing, NOW } from "./known-engine.ts";
import { PaneUser } from "./pane-user.ts";

const AT = ago(0);
/** As many as there are rows for. */
const ROWS = 18;

function version(id: number, outcome: "applied" | "rejected" = "applied"): EngineEvent {
  return { id, at: AT, kind: "config", outcome, version: id, source: "file", cause: "source" };
}

function ready(id: number, slot: string): EngineEvent {
  return { id, at: AT, kind: "slot", slot, state: "ready", generation: 1 };
}

function told(engine: EngineState, from: number, to: number): EngineState {
  return withEvents(
    engine,
    Array.from({ length: to - from + 1 }, (_, index) => version(from + index)),
  );
}

function paneAfter(count: number): PaneUser<EventsState> {
  return new PaneUser(events, told(engineKnowing({ slots: { slots: [] } }), 1, count));
}

describe("the events pane", () => {
  test("follows: the newest is the last line, whatever comes", () => {
    const pane = paneAfter(50);
    expect(pane.lines).toHaveLength(2 + ROWS);
    expect(pane.lines.at(-1)).toContain("version 50 applied");
    pane.engine = told(pane.engine, 51, 60);
    expect(pane.lines.at(-1)).toContain("version 60 applied");
    expect(pane.lines[0]).toContain("following");
  });

  test("freezes when the user moves up, counts new events, and follows again at the end", () => {
    const pane = paneAfter(50).press("up", "up");
    const still = pane.lines.slice(2);
    expect(still.find((line) => line.startsWith("▌"))).toContain("version 49");
    pane.engine = told(pane.engine, 51, 90);
    expect(pane.lines.slice(2)).toEqual(still);
    expect(pane.lines[0]).toContain("frozen, 40 new since then");
    pane.press("end");
    expect(pane.lines.at(-1)).toContain("version 90");
  });

  test("stays frozen even if the shown events are deleted", () => {
    const pane = paneAfter(50).press(" ");
    const still = pane.lines.slice(2);
    pane.engine = told(pane.engine, 51, 5_000);
    expect(pane.lines.slice(2)).toEqual(still);
    expect(pane.press(" ").lines.at(-1)).toContain("version 5000");
  });

  test("moves over the whole list when it is frozen", () => {
    const pane = paneAfter(50).press("home");
    expect(pane.lines[2]).toMatch(/^▌.*version 1 /);
    pane.press("pagedown");
    expect(pane.text).toMatch(/▌.*version 18 /);
    expect(pane.press("f").lines[0]).toContain("following");
  });

  test("shows only a level and above, one slot, or events with the words", () => {
    const pane = new PaneUser(events, engineKnowing({ slots: { slots: [] } }));
    pane.engine = withEvents(pane.engine, [
      ready(1, "voices.slt"),
      ready(2, "voices.rms"),
      version(3, "rejected"),
    ]);
    pane.press("l");
    expect(pane.lines.slice(2)).toEqual([expect.stringContaining("✗ error")]);
    pane.press("l", "l", "o");
    const dialog = pane.dialog("choice");
    expect(dialog.items.map(({ label }) => label)).toEqual(["all", "voices.rms", "voices.slt"]);
    pane.happen(dialog.choose(2));
    expect(pane.lines.slice(2)).toEqual([expect.stringContaining("voices.slt")]);
    expect(pane.hints).toContain("o voices.slt");
    pane.happen(dialog.choose(0));
    pane.filter = "FILE rejected";
    expect(pane.lines.slice(2)).toEqual([expect.stringContaining("rejected from file")]);
    pane.filter = "nothing like it";
    expect(pane.text).toContain("No event fits");
  });

  test("opens an event in full, with its error, and freezes meanwhile", () => {
    const pane = paneAfter(1);
    const error = { code: "plugin-failed", message: "these weights are broken" };
    pane.engine = withEvents(pane.engine, [
      { ...ready(2, "voices.slt"), state: "failed", error } as EngineEvent,
    ]);
    pane.press("enter");
    expect(pane.dialog().title).toBe("Event 2");
    expect(pane.said).toContain("plugin-failed");
    expect(pane.lines[0]).toContain("frozen");
  });

  test("says that there are no events, or why none can be shown", () => {
    const pane = new PaneUser(events);
    expect(pane.text).toContain("Nothing has happened yet");
    const error = {
      code: "forbidden",
      message: "The token has the scopes speak, and this needs read",
      details: [],
    };
    pane.engine = { ...pane.engine, connection: { state: "lost", since: NOW, retryAt: NOW, error } };
    expect(pane.text).toContain("this needs read");
  });

  test.each([
    [80, "config version 50 applied"],
    [120, "config   -     version 50 applied"],
  ])("shows the kind of an event at %i columns", (columns, text) => {
    const pane = paneAfter(50);
    pane.size = { columns, rows: 20 };
    expect(pane.text).toContain(text);
  });
});
