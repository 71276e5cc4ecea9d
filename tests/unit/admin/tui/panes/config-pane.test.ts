import { describe, expect, test } from "bun:test";
import { config } from "../../../../../admin/tui/panes/config/pane.ts";
import { lineCells } from "../../../../../admin/tui/screen/mod.ts";
import type { ConfigView } from "../../../../../schemas/generated/api.ts";
import { AT, CONFIG, engineWithConfig, FILE, type KnownConfig, VERSIONS } from "./known-config.ts";
import { ago } from "./known-engine.ts";
import { type Looks, PaneUser } from "./pane-user.ts";

const PINNED: ConfigView = {
  ...CONFIG,
  pinned: { version: 3, actor: "anna", at: AT, reason: "it squeaks" },
  held: { changes: [{ pointer: "/log/level", from: "info", to: "warn" }] },
};
const REJECTED = {
  ...FILE,
  state: "rejected" as const,
  problems: [
    { pointer: "/log/level", message: "must be a level", origin: "/etc/syrinx.jsonc", line: 3, column: 7 },
    { pointer: "/speech", message: "must be an object" },
  ],
};

const open = (known: KnownConfig = {}, looks: Looks = {}) =>
  new PaneUser(config, engineWithConfig(known), { ascii: true, ...looks });

describe("the lines above the tree", () => {
  test("say what is active, by whom, that it is not pinned, and how each source does", () => {
    const [version, pin, sources] = open().lines;
    expect(version).toMatch(/^Version 7 is active {2}since .+, set by anna$/);
    expect(pin).toStartWith("Not pinned");
    expect(sources).toBe("Sources  file * accepted");
  });

  test("say what the config is pinned to, by whom and why, and what is held", () => {
    expect(open({ config: PINNED }).lines[1]).toMatch(
      /^o Pinned to version 3 by anna since .+; 1 change is held; it squeaks$/,
    );
  });

  test("say when an unconfirmed change reverts, and offer to confirm it", () => {
    const pane = open({ config: { ...CONFIG, unconfirmed: { version: 7, until: AT, actor: "anna" } } });
    expect(pane.lines[2]).toMatch(/^o Version 7 reverts at .+, unless it is confirmed \(c\); set by anna$/);
    expect(pane.hints[0]).toBe("c confirm");
    pane.press("c").yes();
    expect(pane.request).toMatchObject({ method: "POST", path: "/control/config/confirm" });
    expect(pane.answer(CONFIG).notice).toBe("Version 7 stays");
  });

  test("show the first problem of a rejected source with its position, and all of them on Enter", () => {
    const pane = open({ sources: [REJECTED] });
    expect(pane.chosen).toBe(">x file rejected: syrinx.jsonc:3:7 must be a level  (1 of 2)");
    for (const key of ["enter", "e"]) {
      pane.press(key);
      expect(pane.said).toContain("/etc/syrinx.jsonc:3:7\n/log/level\nmust be a level\n\n/speech\n");
    }
  });
});

describe("the tree", () => {
  test("is open where somebody has set something, with who set each value", () => {
    const rows = open().lines.slice(4);
    expect(rows).toEqual([
      " SETTING            VALUE      SET BY",
      ">- speech",
      '     defaultVoice   "tone"     file',
      "     maxCharacters  100000     default",
      " - voices",
      "   - tone",
      '       plugin       "tone"     file',
      "     - settings",
      "         hertz      300        override",
      "     slt            (removed)  file",
      " + log              1 entry    default",
    ]);
  });

  test("opens and closes branches, and the cursor walks in and out of them", () => {
    const pane = open().on("log").press("right");
    expect(pane.chosen).toStartWith(">- log");
    expect(pane.press("right").chosen).toMatch(/^> +level +"info" +default$/);
    expect(pane.press("left").chosen).toStartWith(">- log");
    expect(pane.press("left").chosen).toStartWith(">+ log");
    expect(pane.press("enter").chosen).toStartWith(">- log");
    pane.on("voices").press("left");
    expect(pane.chosen).toMatch(/^>\+ voices +2 entries +file, override$/);
    expect(pane.lines.join()).not.toContain("hertz");
  });

  test("filters by words of the pointer, also in closed branches", () => {
    const pane = open({}, { filter: "LEVEL info" });
    expect(pane.lines.slice(4)).toEqual([" SETTING     VALUE   SET BY", '>/log/level  "info"  default']);
    expect(open({}, { filter: "override" }).chosen).toContain("/voices/tone/settings/hertz");
    expect(open({}, { filter: "level file" }).lines.join()).toContain("Nothing fits /level file");
    expect(open({}, { filter: "nowhere" }).lines.join()).toContain("Nothing fits /nowhere");
  });

  test("shows a value in full, with the value of every layer", () => {
    const pane = open().on("hertz").press("enter");
    expect(pane.said).toStartWith("300\n");
    expect(pane.said).toEndWith("override (the API): 300\nfile (/etc/syrinx.jsonc): 440");
  });

  test("fits every screen, and the cursor is always on it", () => {
    for (const [columns, rows] of [
      [40, 6],
      [80, 20],
      [200, 56],
    ] as const) {
      const pane = open({ config: PINNED, sources: [REJECTED, FILE] }, { columns, rows });
      for (let down = 0; down < 15; down++) {
        const lines = pane.drawn;
        expect(lines.length).toBeLessThanOrEqual(rows);
        if (rows >= 20) for (const line of lines) expect(lineCells(line)).toBeLessThanOrEqual(columns);
        expect(pane.chosen).not.toBe("");
        pane.press("down");
      }
    }
  });

  test("says that a token may not read the config, and shows what it may", () => {
    const pane = open({ problem: { code: "forbidden", message: "no" }, sources: [REJECTED] });
    const text = pane.lines.join("\n");
    expect(text).toContain("tokens of scope admin");
    expect(text).toContain("Version 7 is active");
    expect(pane.press("enter").said).toContain("must be a level");
    expect(pane.press("e").said).toContain("must be a level");
    expect(pane.press("R").isUnknown).toBe(true);
    expect(open({ problem: { code: "unreachable", message: "gone" } }).lines).toContain("gone");
    // A token that nobody knows is not one of too small a scope.
    expect(open({ problem: { code: "unauthorized", message: "unknown token" } }).lines).toContain(
      "unknown token",
    );
  });
});

describe("the whole config", () => {
  test("is pinned as it is, and unpinned, each with its plan", () => {
    const pin = open().press("p");
    expect(pin.request).toMatchObject({
      path: "/control/config/rollback?dryRun=true",
      body: { version: 7 },
      harmless: true,
    });
    const unpin = open({ config: PINNED }).press("p");
    expect(unpin.request).toMatchObject({ method: "POST", path: "/control/config/unpin?dryRun=true" });
    const plan = { base: 7, slots: [], sources: [], sections: ["log"], changes: PINNED.held?.changes };
    unpin.answer(plan);
    expect(unpin.said).toContain('~ /log/level  "info" -> "warn"');
    expect(unpin.dialog()).toMatchObject({ yes: "Unpin", command: "syrinx config unpin" });
    unpin.yes();
    expect(unpin.request).toMatchObject({ path: "/control/config/unpin", version: 7, harmless: false });
    unpin.answer({ ...CONFIG, version: 8 });
    expect(unpin.notice).toBe("Unpin the config: done; version 8 is active");
    expect(unpin.effects.at(-1)).toMatchObject({ kind: "refresh" });
  });

  test("that changed meanwhile is reported; nothing is done and no question is asked", () => {
    const pane = open().press("p");
    pane.answer({ base: 7, slots: [], sources: [], sections: [], changes: [] }).yes();
    pane.refuse({
      code: "config-stale",
      message: "Nothing was changed because this was meant for version 7, and 8 is active",
    });
    expect(pane.dialog().kind).toBe("text");
    expect(pane.said).toContain("8 is active");
    expect(pane.effects.at(-1)).toMatchObject({ kind: "refresh" });
  });

  test("shows what an unpin would change, or why it would be refused", () => {
    expect(open().press("h").notice).toBe("Nothing is held: the config is not pinned");
    expect(open({ config: PINNED }).press("h").said).toContain('~ /log/level  "info" -> "warn"');
    const refused = { ...PINNED, held: { changes: [], problems: [{ pointer: "/x", message: "unknown" }] } };
    expect(open({ config: refused }).press("h").said).toContain("would be refused:\n\n/x\nunknown");
  });

  test("is read again from its sources, after a question", () => {
    const pane = open().press("R");
    expect(pane.dialog()).toMatchObject({ yes: "Reload", command: "syrinx config reload" });
    pane.yes();
    expect(pane.request).toMatchObject({ method: "POST", path: "/control/config/reload", harmless: false });
    expect(pane.answer(CONFIG).notice).toContain("version 7 stays active");
  });
});

describe("the versions", () => {
  test("are listed newest first, with what was refused between them, and left with Escape", () => {
    const pane = open().press("v");
    expect(pane.lines[2]).toMatch(/^>\* 7 active .+ set by anna +\/voices\/tone\/settings\/hertz$/);
    expect(pane.lines[3]).toMatch(/^ x refused .+ from file +\/log\/level must be one of/);
    expect(pane.lines[4]).toMatch(/^ {3}6 .+ at the start, from file$/);
    expect(pane.press("escape").lines.join()).toContain("SETTING");
  });

  test("show what each changed, why one was refused, and how one differs from the active one", () => {
    const pane = open().press("v", "enter");
    expect(pane.request.path).toBe("/control/config/versions/7/diff");
    pane.answer({ from: 6, to: 7, patch: [], changes: [{ pointer: "/a", from: 1, to: 2 }] });
    expect(pane.dialog()).toMatchObject({ title: "From version 6 to 7", command: "syrinx config diff 6 7" });
    expect(pane.said).toBe("~ /a  1 -> 2");
    expect(pane.press("d").notice).toContain("the active one");
    expect(pane.press("down", "enter").said).toContain("/log/level\nmust be one of debug, info");
    expect(pane.press("b").notice).toContain("it is not a version");
    expect(pane.press("down", "enter").notice).toContain("there is none before it");
    expect(pane.press("d").request.path).toBe("/control/config/versions/7/diff?against=6");
  });

  test("are rolled back to after a plan, which says that this pins", () => {
    const pane = open().press("v", "end", "b");
    expect(pane.request).toMatchObject({
      path: "/control/config/rollback?dryRun=true",
      body: { version: 6 },
    });
    pane.answer({ base: 7, slots: [], sources: [], sections: [], changes: [] });
    expect(pane.said).toContain("This pins the config");
    expect(pane.dialog()).toMatchObject({ yes: "Roll back", command: "syrinx config rollback 6" });
  });

  test("are loaded further back if there are older ones", () => {
    const pane = open({ versions: { ...VERSIONS, before: 6 } }).press("v");
    expect(pane.hints).toContain("o older");
    expect(pane.press("o").request.path).toBe("/control/config/versions?limit=100&before=6");
    const older = { number: 5, at: ago(2 * 60 * 60_000), outcome: "applied" };
    pane.answer({ versions: [older], rejections: [] });
    expect(pane.lines[5]).toMatch(/^ {3}5 /);
    expect(pane.hints).not.toContain("o older");
    expect(pane.press("o").isUnknown).toBe(true);
  });

  test("are filtered, and Escape first shows them all again", () => {
    const pane = open({}, { filter: "refused" }).press("v");
    expect(pane.lines.slice(2)).toHaveLength(1);
    expect(open({}, { filter: "refused anna" }).press("v").lines.slice(2)).toEqual([]);
    expect(pane.press("escape").isUnknown).toBe(true);
    expect(pane.lines[0]).toStartWith("Versions");
  });
});

describe("a snapshot", () => {
  const snapshot = {
    id: "s1",
    at: AT,
    name: "fair",
    reason: "request",
    actor: "anna",
    version: 6,
    slots: [],
  };
  const binding = (plugin: string) => ({ plugin, settings: {}, device: "cpu" });

  test("is taken with a name", () => {
    const pane = open()
      .press("S")
      .answer({ snapshots: [snapshot] });
    pane.choose("Take a snapshot now");
    expect(pane.enter(" fair ").request).toMatchObject({
      method: "POST",
      path: "/control/snapshots",
      body: { name: "fair" },
    });
    expect(pane.answer({ ...snapshot, id: "s2" }).notice).toContain("Snapshot s2 was taken");
    const problem = { slot: "voices.a", binding: null, stateBytes: 0, problem: "no answer" };
    pane.press("S").answer({ snapshots: [] });
    pane.choose("Take a snapshot now").enter("");
    expect(pane.answer({ ...snapshot, slots: [problem] }).said).toContain("voices.a: no answer");
  });

  test("is restored after its plan; slots that failed are listed, with the way to undo it", () => {
    const pane = open()
      .press("S")
      .answer({ snapshots: [snapshot] });
    expect(pane.dialog()).toMatchObject({ items: [{}, { label: "fair" }] });
    pane.choose("fair");
    expect(pane.request).toMatchObject({ path: "/control/snapshots/s1/restore?dryRun=true", harmless: true });
    const plan = { base: 7, slots: [], sources: [], sections: [], changes: [] };
    const slots = [
      {
        slot: "voices.a",
        action: "swap",
        from: binding("tone@1.0.0"),
        to: binding("tone@2.0.0"),
        stateBytes: 9,
      },
      {
        slot: "voices.b",
        action: "swap",
        from: null,
        to: binding("b@1.0.0"),
        stateBytes: 0,
        problem: "gone",
      },
    ];
    pane.answer({ snapshot: "s1", config: plan, slots });
    expect(pane.said).toContain("voices.a  swap       tone@1.0.0 -> tone@2.0.0, with 9 B of state");
    expect(pane.said).toContain("  x gone");
    expect(pane.dialog()).toMatchObject({ yes: "Restore", command: "syrinx snapshot restore s1" });
    expect(pane.yes().request).toMatchObject({ path: "/control/snapshots/s1/restore", harmless: false });
    const done = { snapshot: "s1", before: "s2", config: CONFIG, swaps: [] };
    pane.answer({ ...done, problems: [{ slot: "voices.b", message: "gone" }] });
    expect(pane.dialog()).toMatchObject({ command: "syrinx snapshot restore s2" });
    expect(pane.said).toContain("voices.b: gone");
  });

  test("is not restored where its config would be refused", () => {
    const pane = open()
      .press("S")
      .answer({ snapshots: [snapshot] });
    pane.choose("fair");
    const config = { base: 7, problems: [{ pointer: "/voices", message: "is gone" }] };
    pane.answer({ snapshot: "s1", config, slots: [] });
    expect(pane.dialog().kind).toBe("text");
    expect(pane.said).toBe("/voices\nis gone");
  });
});
