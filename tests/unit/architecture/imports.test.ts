import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ARROWS, faultOf, findCircle, LAYERS } from "./arrows.ts";
import { allImports, importsOf, ROOT, readSource, sourcePaths, specifiersIn } from "./sources.ts";

const IMPORTS = allImports();

describe("the imports of the project", () => {
  test("follow the arrows of the design", () => {
    const faults = IMPORTS.flatMap((one) => {
      const fault = faultOf(one);
      return fault ? [`${one.from} → ${one.to}: ${fault}`] : [];
    });
    expect(faults).toEqual([]);
  });

  test("are only those that the table of arrows needs", () => {
    const used = new Set(IMPORTS.map(({ from, to }) => `${from.split("/")[1]} → ${to.split("/")[1]}`));
    const unused = Object.entries(ARROWS).flatMap(([room, rooms]) =>
      rooms.map((one) => `${room} → ${one}`).filter((arrow) => !used.has(arrow)),
    );
    expect(unused).toEqual([]);
  });

  test("go in no circle, types included", () => {
    expect(findCircle(IMPORTS)).toBeUndefined();
  });

  test("are all read: those that the transpiler finds, and some of types that it does not", () => {
    const missed: string[] = [];
    let read = 0;
    for (const path of sourcePaths()) {
      const text = readSource(path);
      const specifiers = specifiersIn(text);
      read += specifiers.length;
      for (const { path: found } of new Bun.Transpiler({ loader: "ts" }).scanImports(
        text.replace(/^#!.*/, ""),
      ))
        if (!specifiers.includes(found)) missed.push(`${path} → ${found}`);
    }
    expect(missed).toEqual([]);
    expect(read).toBeGreaterThan(300);
    expect(IMPORTS).toContainEqual({ from: "core/sdk/voice.ts", to: "schemas/generated/hooks.ts" });
  });

  test("name files that are there, with their extension", () => {
    const own = IMPORTS.filter(({ to }) => /^(core|plugins|admin|schemas|models|tests)\//.test(to));
    expect(own.filter(({ to }) => !existsSync(join(ROOT, to)))).toEqual([]);
    expect(own.filter(({ to }) => !/\.(ts|json)$/.test(to))).toEqual([]);
  });
});

describe("the check of the arrows", () => {
  const lineOf = (room: string) => LAYERS.findIndex((line) => line.includes(room));

  test.each(Object.entries(ARROWS))("leads from %s downwards only", (room, rooms) => {
    expect(lineOf(room)).not.toBe(-1);
    expect(rooms.filter((one) => lineOf(one) <= lineOf(room))).toEqual([]);
  });

  test.each([
    ["core/protocol/frame.ts", "../slots/mod.ts"],
    ["core/slots/slot.ts", "../speech/mod.ts"],
    ["core/slots/slot.ts", "../protocol/frame.ts"],
    ["core/journal/mod.ts", "../slots/mod.ts"],
    ["core/config/store.ts", "../slots/mod.ts"],
    ["core/sdk/voice.ts", "../runner/mod.ts"],
    ["core/api/app.ts", "../engine/mod.ts"],
    ["core/api/app.ts", "../runner/mod.ts"],
    ["core/errors.ts", "./protocol/mod.ts"],
    ["core/engine/engine.ts", "../slots/slot.ts"],
    ["core/slots/slot.ts", "../engine/mod.ts"],
    ["core/engine/engine.ts", "../cli/mod.ts"],
    ["core/cli/start.ts", "../engine/engine.ts"],
    ["core/audio/audio-encoder.ts", "./encode/wav.ts"],
    ["core/slots/slot.ts", "../../schemas/api.schema.json"],
    ["core/slots/slot.ts", "../../tests/support/clock.ts"],
    ["core/slots/slot.ts", "../../plugins/tone/main.ts"],
    ["core/slots/slot.ts", "syrinx/sdk"],
    ["core/cli/say.ts", "syrinx/client"],
    ["plugins/tone/main.ts", "syrinx/client"],
    ["core/protocol/frame.ts", "../../package.json"],
    ["plugins/tone/main.ts", "../../core/sdk/mod.ts"],
    ["plugins/tone/main.ts", "../piper/espeak.ts"],
    ["plugins/tone/main.ts", "../../schemas/generated/hooks.ts"],
    ["plugins/tone/main.ts", "syrinx"],
    ["admin/tui/program.ts", "../../core/errors.ts"],
    ["admin/tui/program.ts", "../../schemas/api.schema.json"],
    ["admin/tui/program.ts", "./state/freshness.ts"],
    ["admin/tui/state/freshness.ts", "../screen/mod.ts"],
    ["admin/tui/panes/slots/pane.ts", "../../screen/table.ts"],
    ["admin/tui/panes/slots/pane.ts", "../../program.ts"],
    ["admin/tui/panes/history/pane.ts", "../slots/slot-rows.ts"],
    ["admin/tui/panes/swaps/swap-picker.ts", "../slots/slot-rows.ts"],
    ["core/engine/engine.ts", "../../admin/tui/mod.ts"],
    ["core/cli/admin.ts", "../../admin/tui/program.ts"],
    ["admin/client/requests.ts", "../tui/mod.ts"],
    ["admin/client/mod.ts", "./terminal/mod.ts"],
    ["admin/tui/panes/mod.ts", "../../client/terminal/player.ts"],
    ["core/cli/say.ts", "../../admin/client/wav.ts"],
    ["core/engine/engine.ts", "../../admin/client/terminal/mod.ts"],
    ["core/engine/engine.ts", "../../admin/client/mod.ts"],
    ["schemas/generate.ts", "../core/schema.ts"],
  ])("refuses %s → %s", (from, specifier) => {
    const [made] = importsOf(from, `import { x } from "${specifier}";\n`);
    expect(faultOf(made!)).toBeString();
  });

  test.each([
    ["core/protocol/frame.ts", "../errors.ts"],
    ["core/instances/instance.ts", "../protocol/mod.ts"],
    ["core/slots/slot.ts", "./swap.ts"],
    ["core/engine/engine.ts", "../slots/mod.ts"],
    ["core/engine/engine.ts", "./apply-config.ts"],
    ["core/cli/start.ts", "../engine/mod.ts"],
    ["core/audio/audio-encoder.ts", "./encode/mod.ts"],
    ["core/schema.ts", "../schemas/api.schema.json"],
    ["plugins/tone/main.ts", "syrinx/sdk"],
    ["plugins/tone/main.ts", "./settings.generated.ts"],
    ["plugins/tone/main.ts", "onnxruntime-node"],
    ["admin/tui/mod.ts", "../../schemas/generated/api.ts"],
    ["admin/tui/program.ts", "../client/mod.ts"],
    ["admin/client/requests.ts", "../../core/json-pointer.ts"],
    ["core/cli/say.ts", "../../admin/client/mod.ts"],
    ["core/cli/say.ts", "../../admin/client/terminal/mod.ts"],
    ["admin/tui/panes/mod.ts", "../../client/terminal/mod.ts"],
    ["admin/tui/panes/history/pane.ts", "../swaps/begun-swaps.ts"],
    ["admin/tui/panes/swaps/swap-picker.ts", "../pane.ts"],
    ["tests/unit/a.test.ts", "../../core/slots/slot.ts"],
  ])("lets %s → %s pass", (from, specifier) => {
    const [made] = importsOf(from, `import { x } from "${specifier}";\n`);
    expect(faultOf(made!)).toBeUndefined();
  });

  test("finds a circle, and says along which files it goes", () => {
    const circle = [
      { from: "a", to: "b" },
      { from: "b", to: "c" },
      { from: "c", to: "d" },
      { from: "d", to: "b" },
    ];
    expect(findCircle(circle)).toEqual(["b", "c", "d", "b"]);
    expect(findCircle(circle.slice(0, 3))).toBeUndefined();
  });

  test("reads every form of import, and no example in a comment", () => {
    const text = readSource("tests/unit/architecture/every-import.txt");
    const found = specifiersIn(text).sort();
    expect(found).toEqual(["a", "b", "c", "d", "e", "f", "g", "h", "i"].map((name) => `./${name}.ts`));
  });
});
