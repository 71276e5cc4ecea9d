import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { stringify as stringifyToml } from "smol-toml";
import { stringify as stringifyYaml } from "yaml";
import { formatOf, formatOfContent } from "../../../../../core/sdk/document/formats.ts";
import { interpret } from "../../../../../plugins/file-source/interpret.ts";
import { child } from "../../../../../core/sdk/document/parsed.ts";

const DOCUMENT = {
  speech: { defaultVoice: "rms", aliases: { "a/b": "slt" } },
  voices: { x: { plugin: "tone" } },
};

const TEXTS: Record<string, string> = {
  "c.json": `{
  "speech": { "defaultVoice": "rms",
    "aliases": { "a/b": "slt" } },
  "voices": { "x": { "plugin": "tone" } }
}`,
  "c.jsonc": `{ // spoken by
  "speech": { "defaultVoice": "rms",
    "aliases": { "a/b": "slt", }, },
  "voices": { "x": { "plugin": "tone" } },
}`,
  "c.yaml": `# spoken by
speech: { defaultVoice: rms,
    aliases: { a/b: slt } }
voices: { x: { plugin: tone } }
`,
  "c.toml": `[speech]
defaultVoice = "rms"
  aliases."a/b" = "slt"
[voices.x]
plugin = "tone"
`,
};

/** Line and column of `speech.aliases["a/b"]` in each. */
const PLACES: Record<string, [number, number]> = {
  "c.json": [3, 18],
  "c.jsonc": [3, 18],
  "c.yaml": [3, 16],
  "c.toml": [3, 3],
};

function read(path: string, text: string | Uint8Array, hadDocument = false) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const format = formatOf(path);
  if (!format) throw new Error(`no format for ${path}`);
  return interpret(
    path,
    format,
    { state: "file", fingerprint: "", bytes, hash: text.toString(), modifiedAt: 0 },
    hadDocument,
  ).item;
}

describe("the formats of the file source", () => {
  for (const [path, text] of Object.entries(TEXTS)) {
    test(`${path} gives the same document as every other format, with the places of its keys`, () => {
      const item = read(path, text);
      if (!("document" in item)) throw new Error(item.problem);
      expect(item.document).toEqual(DOCUMENT);
      expect(item.places?.["/speech/aliases/a~1b"]).toEqual(PLACES[path] as number[]);
    });
  }

  test("the extension names the format in any case, and an unknown one names none", () => {
    expect(formatOf("/etc/Syrinx.YML")?.name).toBe("YAML");
    expect(formatOf("/etc/syrinx.ini")).toBeUndefined();
    expect(formatOf("/etc/syrinx")).toBeUndefined();
  });

  const mistakes: [
    name: string,
    path: string,
    text: string,
    problem: RegExp,
    line: number,
    column: number,
  ][] = [
    ["a missing comma", "c.json", '{\n "a": 1\n "b": 2\n}', /as JSON: comma expected/, 3, 2],
    ["a comment in strict JSON", "c.json", "{\n // no\n}", /invalid comment token/, 2, 2],
    ["a trailing comma in strict JSON", "c.json", '{"a": 1,}', /as JSON/, 1, 9],
    ["a JSON key given twice", "c.jsonc", '{"a": 1,\n "a": 2}', /key "a" is given twice/, 2, 2],
    ["a YAML key given twice", "c.yaml", "a: 1\na: 2", /unique/, 2, 1],
    ["YAML's infinity, which JSON cannot hold", "c.yaml", "a:\n  b: .inf", /Infinity at \/a\/b/, 2, 3],
    ["a second YAML document", "c.yaml", "a: 1\n---\nb: 1", /multiple documents/, 2, 1],
    ["a list at the top", "c.yaml", "- a", /an object with the sections/, 1, 1],
    ["a TOML value without quotes", "c.toml", "a = 1\nb = hello", /as TOML/, 2, 5],
    ["TOML's nan, which JSON cannot hold", "c.toml", "[t]\na = nan", /NaN at \/t\/a/, 2, 1],
  ];
  for (const [name, path, text, problem, line, column] of mistakes) {
    test(`${name} is a problem with its line and column`, () => {
      expect(read(path, text)).toMatchObject({
        problem: expect.stringMatching(problem),
        origin: path,
        line,
        column,
      });
    });
  }

  test("a file that is no text is a problem, and a byte order mark is none", () => {
    expect(read("c.json", Uint8Array.of(0x7b, 0xff, 0x7d))).toMatchObject({
      problem: expect.stringMatching(/UTF-8/),
    });
    expect(read("c.json", '\uFEFF{"a": 1}')).toMatchObject({ document: { a: 1 } });
  });

  test("aliases that multiply a YAML file beyond measure are a problem", () => {
    const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 9; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(", ")}]`,
      );
    expect(read("c.yaml", lines.join("\n"))).toHaveProperty("problem");
  });

  test("an empty file is {} at first and a problem once there was a document", () => {
    expect(read("c.yaml", " \n")).toEqual({ document: {}, origin: "c.yaml" });
    expect(read("c.yaml", " \n", true)).toMatchObject({
      problem: expect.stringMatching(/is empty; the last good/),
    });
  });

  test("a file of comments alone is {}, also after a document", () => {
    for (const [path, text] of [
      ["c.jsonc", "// none"],
      ["c.yaml", "# none"],
      ["c.toml", "# none"],
    ] as const) {
      expect(read(path, text, true)).toMatchObject({ document: {} });
    }
  });

  test("a key called __proto__ stays a key, so that the engine can refuse it", () => {
    for (const [path, text] of [
      ["c.json", '{"__proto__": {"a": 1}}'],
      ["c.yaml", "__proto__: { a: 1 }"],
      ["c.toml", "__proto__ = { a = 1 }"],
    ] as const) {
      const item = read(path, text);
      expect("document" in item && Object.keys(item.document)).toEqual(["__proto__"]);
    }
  });

  test("TOML's arrays of tables, multi-line strings and quoted keys are located", () => {
    const item = read(
      "c.toml",
      '[[server.tokens]]\nname = "a"\n[[server.tokens]]\nname = "b"\n[voices."x y".settings]\ntext = """\nname = 1\n"""\nother = 2\n',
    );
    expect("places" in item && item.places).toMatchObject({
      "/server/tokens/0/name": [2, 1],
      "/server/tokens/1": [3, 1],
      "/server/tokens/1/name": [4, 1],
      "/voices/x y/settings": [5, 1],
      "/voices/x y/settings/other": [9, 1],
    });
    expect("places" in item && item.places).not.toHaveProperty(["/voices/x y/settings/name"]);
  });

  test("every document comes back from JSON and YAML as it was, and each of its values has a place", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (generated) => {
        const document = JSON.parse(JSON.stringify(generated)) as Record<string, unknown>;
        for (const [path, text] of [
          ["c.json", JSON.stringify(document, null, 2)],
          ["c.yaml", stringifyYaml(document)],
        ] as const) {
          const item = read(path, text);
          if (!("document" in item)) throw new Error(`${item.problem}\n${text}`);
          expect(item.document).toEqual(document);
          for (const pointer of pointersOf(document)) expect(item.places).toHaveProperty([pointer]);
        }
      }),
    );
  });

  test("every place of a TOML file is of something that is there", () => {
    const key = fc.stringMatching(/^[a-z"'. #=[\]]{1,6}$/);
    const value = fc.oneof(fc.string(), fc.boolean(), fc.array(fc.string(), { maxLength: 2 }));
    fc.assert(
      fc.property(fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value))), (document) => {
        const item = read("c.toml", `${stringifyToml(document)}\n`, false);
        if (!("document" in item)) throw new Error(item.problem);
        const known = new Set(pointersOf(item.document));
        for (const pointer of Object.keys(item.places ?? {})) expect(known.has(pointer)).toBe(true);
      }),
    );
  });
});

function pointersOf(value: unknown, pointer = ""): string[] {
  if (typeof value !== "object" || value === null) return [pointer];
  return [
    pointer,
    ...Object.entries(value).flatMap(([key, member]) => pointersOf(member, child(pointer, key))),
  ];
}

describe("the format of what a server sends", () => {
  test.each([
    ["application/json", "/c", "JSON"],
    ["application/json; charset=utf-8", "/c.yaml", "JSON"],
    ["application/vnd.config+json", "/c", "JSON"],
    ["application/json", "/c.jsonc", "JSONC"],
    ["application/yaml", "/c", "YAML"],
    ["text/x-yaml", "/c", "YAML"],
    ["Application/TOML", "/c", "TOML"],
    ["text/plain; charset=utf-8", "/c.toml", "TOML"],
    ["application/octet-stream", "/c.yml", "YAML"],
    [null, "/c.json", "JSON"],
    ["text/html", "/c", undefined],
    [null, "/c", undefined],
  ])("of type %s at %s is %s", (type, path, name) => {
    expect(formatOfContent(type, path)?.name).toBe(name as string);
  });
});
