import { describe, expect, test } from "bun:test";
import { frameLines } from "../../../../admin/tui/frame.ts";
import type { Job } from "../../../../admin/tui/panes/mod.ts";
import { glyphsFor, keyNamed, textOf } from "../../../../admin/tui/screen/mod.ts";
import { Shell } from "../../../../admin/tui/shell.ts";
import { type EngineState, nothingKnown } from "../../../../admin/tui/state/mod.ts";

const then: Job = { pane: "slots", apply: () => [{ kind: "stop", task: "done" }] };

function openShell(size = { columns: 80, rows: 24 }, engine: EngineState = nothingKnown("http://engine", 0)) {
  let quits = 0;
  const shell = new Shell({
    engine: () => engine,
    screen: { size, glyphs: glyphsFor({}) },
    readOnly: false,
    quit: () => quits++,
  });
  return {
    shell,
    /** An answer comes that asks something. */
    late(title: string) {
      const dialog = { kind: "question", title, body: [], yes: "Do it", then } as const;
      shell.happen({ pane: "slots", apply: () => [{ kind: "dialog", dialog }] });
    },
    press(...keys: readonly string[]) {
      for (const key of keys) shell.key(keyNamed(key));
      return frameLines(shell.scene).map(textOf);
    },
    quits: () => quits,
  };
}

describe("the shell of the screen", () => {
  test("opens panes by number, in order, and by the beginning of their name", () => {
    const { shell, press } = openShell();
    const after = (...keys: string[]) => {
      press(...keys);
      return shell.pane.name;
    };
    expect(after("3")).toBe("history");
    expect(after("tab")).toBe("config");
    expect(after("1", "shift-tab")).toBe("events");
    expect(after("tab")).toBe("slots");
    expect(after(":", "m", "e", "m", "enter")).toBe("memory");
    expect(press(":", "s", "enter").at(-2)).toContain("No pane is called s");
    expect(shell.pane.name).toBe("memory");
  });

  test("is left by q, Ctrl-C and by name, but not from within a dialog", () => {
    const { press, quits } = openShell();
    press("?", "q");
    expect(quits()).toBe(0);
    press("q");
    press("ctrl-c");
    press(":", "q", "enter");
    expect(quits()).toBe(3);
  });

  test("keeps a filter for each pane, until Escape", () => {
    const { shell, press } = openShell();
    press("/", "s", "l", "t", "enter", "3");
    expect(shell.scene.filter).toBe("");
    press("1");
    expect(shell.scene.filter).toBe("slt");
    expect(press().at(-2)).toContain("/slt");
    press("escape");
    expect(shell.scene.filter).toBe("");
    press("/", "r", "escape");
    expect(shell.scene.filter).toBe("");
  });

  test("says that a filter hides something, also together with another message", () => {
    const { shell, press } = openShell();
    press("/", "s", "l", "t", "enter");
    shell.say({ tone: "good", text: "swapped" });
    expect(press().at(-2)).toBe("/slt  swapped");
  });

  test("shows a message until the next one, or for a limited time", () => {
    const { shell, press } = openShell();
    shell.say({ tone: "good", text: "swapped" });
    shell.unsay("planning ...");
    expect(press().at(-2)).toContain("swapped");
    shell.expire(Date.now() + 60_000);
    expect(press().at(-2)).not.toContain("swapped");
  });

  test("shows only the keys of the open dialog", () => {
    const { press } = openShell();
    expect(press("?").at(-1)).toContain("Esc close");
    expect(press("escape").at(-1)).toContain("q quit");
    expect(press(":").at(-1)).toContain("Enter go");
  });

  test("draws a line for every row, none wider than the screen", () => {
    const { press } = openShell();
    for (const key of ["1", "2", "3", "4", "5", "6"]) expect(press(key)).toHaveLength(24);
  });

  test("does not let a question that comes late take a key that is meant for something else", () => {
    const { shell, press, late } = openShell();
    const yes = () => [...shell.key(keyNamed("y")), ...shell.key(keyNamed("enter"))];
    press("?");
    late("Swap voices.slt");
    late("Reload voices.slt");
    expect(shell.scene.dialog?.dialog.title).toBe("Keys of slots");
    expect(press().at(-2)).toContain("Press Esc for: Swap voices.slt");
    expect(press("escape").join()).toContain("Swap voices.slt");
    expect(yes()).toEqual([{ kind: "stop", task: "done" }]);
    expect(press("escape").join()).not.toContain("Reload voices.slt ");
    expect(shell.scene.dialog).toBeUndefined();

    press("5", "t");
    late("Unload voices.slt");
    expect(yes()).not.toContainEqual({ kind: "stop", task: "done" });
    expect(shell.scene.dialog?.dialog.title).toBe("Unload voices.slt");
    press("escape", "/");
    late("Load voices.slt");
    expect(yes()).toEqual([]);
    expect(shell.scene.filter).toBe("y");
    expect(shell.scene.dialog?.dialog.title).toBe("Load voices.slt");
  });

  test("takes keys on a screen of any size, and says when it is too small to show what they do", () => {
    for (const size of [
      { columns: 0, rows: 0 },
      { columns: 1, rows: 50 },
      { columns: 6, rows: 3 },
      { columns: 200, rows: 1 },
    ]) {
      const { press } = openShell(size);
      for (const pane of ["1", "2", "3", "4", "5", "6"])
        press(pane, "?", "end", "pageup", "escape", "down", "enter");
      expect(press().join()).toContain("is too small");
    }
  });

  test("says that it is refused although events still come, e.g. because its token was removed", () => {
    const since = Date.now();
    const status = { code: "unauthorized", message: "The token is not known", details: [] };
    const engine = (problems: EngineState["problems"]): EngineState => ({
      ...nothingKnown("http://engine", since),
      connection: { state: "connected", since },
      problems,
    });
    const lines = openShell(undefined, engine({ status })).press();
    expect(lines[0]).toEndWith("x refused");
    expect(lines.at(-2)).toContain("The token is not known");
    expect(openShell(undefined, engine({ status: { ...status, code: "unreachable" } })).press()[0]).toEndWith(
      "x no answer",
    );
    expect(openShell(undefined, engine({})).press()[0]).toEndWith("* connected");
  });
});
