import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { stringify as stringifyToml } from "smol-toml";
import { stringify as stringifyYaml } from "yaml";
import { formatOf, formatOfContent } from "../../../../../core/sdk/document/formats.ts";
import { child } from "../../../../../core/sdk/document/parsed.ts";
import { interpret } from "../../../../../plugins/file-source/interpret.ts";

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
  "c.toml": [3, 11],
};

function read(path: string, text: string | Uint8Array, hadDocument = false) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const format = formatOf(path);
  if (!format) throw new Error(`no format for ${path}`);
  return interpret(
    path,
    format,
    { state: "file", inode: "1:1", fingerprint: "", bytes, hash: text.toString(), modifiedAt: 0 },
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
    ["a TOML key given twice", "c.toml", "[t]\na = 1\n  'a' = 2", /key multiple times/, 3, 3],
    ["a TOML table given twice", "c.toml", "[t]\na = 1\n[t]", /key multiple times/, 3, 2],
    ["a TOML text that does not end", "c.toml", 'a = 1\nb = "x', /Unterminated string/, 2, 7],
    ["a TOML date that no calendar has", "c.toml", "a = 2021-02-30", /invalid date/, 1, 14],
    [
      "a TOML integer beyond what JSON holds exactly",
      "c.toml",
      "a = [1,\n 9007199254740993]",
      /9007199254740993 is too large/,
      2,
      2,
    ],
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
      "/server": [1, 3],
      "/server/tokens": [1, 10],
      "/server/tokens/0": [1, 1],
      "/server/tokens/0/name": [2, 1],
      "/server/tokens/1": [3, 1],
      "/server/tokens/1/name": [4, 1],
      "/voices/x y": [5, 9],
      "/voices/x y/settings": [5, 15],
      "/voices/x y/settings/other": [9, 1],
    });
    expect("places" in item && item.places).not.toHaveProperty(["/voices/x y/settings/name"]);
  });

  test("TOML's inline tables, arrays and dotted keys are located as well", () => {
    const item = read(
      "c.toml",
      'voices.slt = { plugin = "piper", settings.tags = ["😀", { x = 1 }] }\n[[a]]\n[[a.b]]\n[a.b.c]\n[[a.b]]\nd.e = 1\n',
    );
    if (!("document" in item)) throw new Error(item.problem);
    expect(item.document).toEqual({
      voices: { slt: { plugin: "piper", settings: { tags: ["😀", { x: 1 }] } } },
      a: [{ b: [{ c: {} }, { d: { e: 1 } }] }],
    });
    expect(item.places).toMatchObject({
      "/voices": [1, 1],
      "/voices/slt": [1, 8],
      "/voices/slt/plugin": [1, 16],
      "/voices/slt/settings": [1, 34],
      "/voices/slt/settings/tags": [1, 43],
      "/voices/slt/settings/tags/0": [1, 51],
      "/voices/slt/settings/tags/1": [1, 57],
      "/voices/slt/settings/tags/1/x": [1, 59],
      "/a/0/b/0/c": [4, 6],
      "/a/0/b/1": [5, 1],
      "/a/0/b/1/d/e": [6, 3],
    });
  });

  test("TOML's dates and times are texts as in RFC 3339, and its numbers are numbers however they are written", () => {
    const text = `
      moment = 1979-05-27 07:32:00.5-08:00
      local = 1979-05-27t07:32:00
      day = 1979-05-27
      hour = 07:32:00
      numbers = [0xFF, 0o17, 0b11, 1_000, +1e3, -2.5]
    `;
    expect(read("c.toml", text)).toMatchObject({
      document: {
        moment: "1979-05-27T07:32:00.5-08:00",
        local: "1979-05-27T07:32:00",
        day: "1979-05-27",
        hour: "07:32:00",
        numbers: [255, 15, 3, 1000, 1000, -2.5],
      },
    });
  });

  test("an inline table of TOML may have several lines, and a comma at its end", () => {
    expect(read("c.toml", "a = { b = 1,\n  c = 2,\n}")).toMatchObject({ document: { a: { b: 1, c: 2 } } });
  });

  test.each([
    ["c.json", '{"a": ', "}"],
    ["c.yaml", "a: ", ""],
    ["c.toml", "a = ", ""],
  ])("%s that is nested beyond measure is a problem, not a crash", (path, before, after) => {
    const list = "[".repeat(50_000) + "]".repeat(50_000);
    expect(read(path, before + list + after)).toHaveProperty("problem");
  });

  test("every document comes back from JSON and YAML as it was, and each of its values has a place", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (generated) => {
        const document = JSON.parse(JSON.stringify(generated)) as Record<string, unknown>;
        expectEqual("c.json", JSON.stringify(document, null, 2), document);
        expectEqual("c.yaml", stringifyYaml(document), document);
      }),
    );
  });

  test("every document comes back from TOML as it was, and each of its values has a place", () => {
    const key = fc.oneof(fc.string(), fc.stringMatching(/^[a-z"'. #=[\]]{1,6}$/), fc.constant("__proto__"));
    // JSON has no other integers, and TOML has no null.
    const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const { table } = fc.letrec<{ value: unknown; table: Record<string, unknown> }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.boolean(),
        number,
        fc.array(tie("value"), { maxLength: 3 }),
        tie("table"),
      ),
      table: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(table, (generated) => {
        const document = JSON.parse(JSON.stringify(generated)) as Record<string, unknown>;
        // With a comment, as an empty file has no places.
        expectEqual("c.toml", `# a config\n${stringifyToml(document)}\n`, document);
      }),
    );
  });
});

function expectEqual(path: string, text: string, document: Record<string, unknown>): void {
  const item = read(path, text);
  if (!("document" in item)) throw new Error(`${item.problem}\n${text}`);
  expect(item.document).toEqual(document);
  expect(Object.keys(item.places ?? {}).sort()).toEqual(expect.arrayContaining(pointersOf(document).sort()));
  const known = new Set(pointersOf(item.document));
  for (const pointer of Object.keys(item.places ?? {})) expect(known.has(pointer), pointer).toBe(true);
}

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
