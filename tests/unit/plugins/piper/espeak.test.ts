import { beforeAll, describe, expect, test } from "bun:test";
import { Espeak, needsFile } from "../../../../plugins/piper/espeak.ts";

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

  test("has no files of variants unless its voice is one: they cost a third of its start", async () => {
    const variant = "/usr/share/espeak-ng-data/voices/!v/f3";
    expect(needsFile(variant, "en-us")).toBe(false);
    expect(needsFile(variant, "en-us+f3")).toBe(true);
    expect(needsFile("/usr/share/espeak-ng-data/voices/mb/mb-en1", "mb-en1")).toBe(true);
    expect(needsFile("/usr/share/espeak-ng-data/lang/gmw/en-US", "en-us")).toBe(true);
    const files: string[] = [];
    const { default: createModule } = await import("@echogarden/espeak-ng-emscripten");
    const options: { preRun: (() => void)[]; FS_createDataFile?(...file: unknown[]): void } = {
      preRun: [
        () => {
          options.FS_createDataFile = (path) => void files.push(String(path));
        },
      ],
    };
    await createModule(options);
    expect(files.filter((path) => !needsFile(path, "en-us")).length).toBeGreaterThan(100);
  });

  test("has the same phonemes for a variant of a voice", async () => {
    const variant = await Espeak.load("en-us+f3");
    const text = "The weather tomorrow will be cloudy, 12 degrees.";
    expect(variant.clauses(text)).toEqual(espeak.clauses(text));
  });

  test.each(["xx-none", "f3"])(
    "refuses %s: there is no such voice, or it is a variant of none",
    async (voice) => {
      await expect(Espeak.load(voice)).rejects.toMatchObject({ code: "model-unsupported" });
    },
  );
});
