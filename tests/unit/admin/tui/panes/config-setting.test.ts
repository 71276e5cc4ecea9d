import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { pointerOf, settingName, typedValue } from "../../../../../admin/client/mod.ts";
import { config } from "../../../../../admin/tui/panes/config/pane.ts";
import { setCommand } from "../../../../../admin/tui/panes/config/setting.ts";
import { mergePatch } from "../../../../../core/config/json/merge-patch.ts";
import { keysOf, patchAt, pointerWithin, valueAt } from "../../../../../core/json-pointer.ts";
import { CONFIG, engineWithConfig, type KnownConfig } from "./known-config.ts";
import { PaneUser } from "./pane-user.ts";

const HERTZ = "/voices/tone/settings/hertz";
const PLAN = {
  base: 7,
  slots: [{ slot: "voices.tone", action: "swap", changed: ["/settings/hertz"], cost: "load" }],
  sources: [],
  sections: [],
  changes: [{ pointer: HERTZ, from: 300, to: 550 }],
};

const open = (known: KnownConfig = {}) => new PaneUser(config, engineWithConfig(known), { ascii: true });

function complaint(pane: ReturnType<typeof open>, text: string): string | undefined {
  return pane.dialog("entry").check?.(text);
}

describe("a value", () => {
  test("is edited as JSON, planned, asked about, and set for the version of the plan alone", () => {
    const pane = open().on("hertz").press("e");
    expect(pane.dialog()).toMatchObject({
      kind: "entry",
      title: "Set voices.tone.settings.hertz",
      text: "300",
    });
    pane.enter(" 550 ");
    expect(pane.request).toMatchObject({
      method: "PATCH",
      path: "/control/config?dryRun=true",
      body: { voices: { tone: { settings: { hertz: 550 } } } },
      harmless: true,
    });
    pane.answer(PLAN);
    expect(pane.said).toContain("voices.tone  swap         a load");
    expect(pane.said).toContain(`~ ${HERTZ}  300 -> 550`);
    expect(pane.dialog()).toMatchObject({
      yes: "Set",
      command: "syrinx config set voices.tone.settings.hertz 550",
    });
    pane.yes();
    expect(pane.request).toMatchObject({ path: "/control/config", version: 7, harmless: false });
    pane.answer({ ...CONFIG, version: 8 });
    expect(pane.notice).toBe("Set voices.tone.settings.hertz: done; version 8 is active");
  });

  test("that is invalid is refused with every problem and its pointer, without a question", () => {
    const pane = open().on("hertz").press("e").enter("loud");
    pane.answer({ base: 7, problems: [{ pointer: HERTZ, message: "must be number" }] });
    expect(pane.dialog().kind).toBe("text");
    expect(pane.said).toBe(`${HERTZ}\nmust be number\n\nNothing was changed: version 7 stays active.`);
  });

  test("whose slot would not load is reported before the change", () => {
    const pane = open().on("hertz").press("e").enter("1");
    pane.answer({ ...PLAN, slots: [{ ...PLAN.slots[0], problem: "no such release" }] });
    expect(pane.said).toContain("no such release");
    expect(pane.said).toContain("It would be refused");
  });

  test("is not accepted if it is empty, or begins like JSON but is not valid JSON", () => {
    const pane = open().on("hertz").press("e");
    for (const text of ['{"a": 1', "[1", '"x', ""]) expect(complaint(pane, text)).toBeString();
    for (const text of ["slt", "300", '{"a": 1}', '""', "null"])
      expect(complaint(pane, text)).toBeUndefined();
    expect(["slt", "3", '"3"', "null"].map(typedValue)).toEqual(["slt", 3, "3", null]);
  });

  test("of a branch cannot be edited, only its leaves", () => {
    expect(open().on("voices").press("e").notice).toContain("edit one of them");
  });
});

describe("a key", () => {
  test("is added to the branch that the cursor is on, or in", () => {
    for (const line of ["- tone", "plugin"]) {
      const pane = open().on(line).press("a");
      expect(pane.dialog().title).toBe("Add to voices.tone");
      expect(complaint(pane, "device=cpu")).toBeUndefined();
      expect(complaint(pane, "device")).toContain("then =");
      expect(complaint(pane, "=cpu")).toContain("then =");
      expect(complaint(pane, "plugin=piper")).toContain("There is a plugin already");
      expect(pane.enter("device = cpu").request.body).toEqual({ voices: { tone: { device: "cpu" } } });
    }
    // What was taken away may be added once more.
    expect(complaint(open().on("- voices").press("a"), 'slt={"plugin":"tone"}')).toBeUndefined();
  });
});

describe("an override", () => {
  test("is removed after a plan; any other value says who sets it", () => {
    const pane = open().on("hertz").press("d");
    expect(pane.request).toMatchObject({
      method: "DELETE",
      path: `/control/config/overrides?pointer=${encodeURIComponent(HERTZ)}&dryRun=true`,
    });
    expect(pane.answer(PLAN).dialog()).toMatchObject({
      yes: "Unset",
      command: "syrinx config unset voices.tone.settings.hertz",
    });
    expect(open().on("plugin").press("d").notice).toContain("file sets it");
    expect(open().on("maxCharacters").press("d").notice).toContain("it is a default");
    expect(open().on("- speech").press("d").notice).toContain("nothing in it was set over the API");
    expect(open().on("- voices").press("d").request.path).toContain("pointer=%2Fvoices&");
  });

  test("is removed together with all others, if there are any", () => {
    const pane = open().press("D");
    expect(pane.request.path).toBe("/control/config/overrides?dryRun=true");
    expect(pane.answer(PLAN).dialog()).toMatchObject({ command: "syrinx config unset --all" });
    const { overrides: _, ...none } = CONFIG;
    expect(open({ config: none }).press("D").notice).toContain("there is no override");
  });
});

describe("the name of a setting", () => {
  const keys = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 });
  const pointerTo = (path: readonly string[]) => path.reduce(pointerWithin, "");

  test("means the same pointer on the command line", () => {
    fc.assert(
      fc.property(keys, (path) => {
        const pointer = pointerTo(path);
        expect(keysOf(pointer)).toEqual([...path]);
        expect(pointerOf(settingName(pointer))).toBe(pointer);
      }),
    );
  });

  test("and a value make a patch that sets just that", () => {
    fc.assert(
      fc.property(keys, fc.integer(), (path, value) => {
        const pointer = pointerTo(path);
        expect(valueAt(mergePatch({}, patchAt(pointer, value)), pointer)).toBe(value);
      }),
    );
  });

  test("is quoted in a command, so that a shell splits it correctly", async () => {
    for (const text of ["550", "-20", "a b", `{"it's": "$HOME"}`, "--yes", "\\"]) {
      const command = setCommand("/voices/a b/x", text);
      const words = await Bun.$`sh -c ${`printf '%s\\n' ${command}`}`.quiet().text();
      const taken = words.trimEnd().split("\n");
      expect(taken.slice(-2)).toEqual(["/voices/a b/x", text]);
      expect(taken.includes("--")).toBe(text === "--yes");
    }
  });
});
