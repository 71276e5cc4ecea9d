import { beforeAll, describe, expect, test } from "bun:test";
import { Espeak } from "../../../../plugins/piper/espeak.ts";

const FILE = Bun.resolveSync("@echogarden/espeak-ng-emscripten", import.meta.dir);

describe("espeak-ng", () => {
  let espeak: Espeak;
  beforeAll(async () => {
    espeak = await Espeak.load("en-us");
  });

  test("speaks the phonemes of a text", () => {
    expect(espeak.clauses("Hello, world.")).toEqual(["həlˈoʊ", "wˈɜːld"]);
  });

  test("runs the code of its package as it is: to transpile it takes 90 ms at each start of a voice", async () => {
    const { default: createModule } = await import("@echogarden/espeak-ng-emscripten");
    const code = await Bun.file(FILE).text();
    const text = createModule.toString();
    expect(text.length).toBeGreaterThan(code.length / 2);
    expect(code.includes(text)).toBe(true);
  });
});
