import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { Ajv } from "ajv";
import { DEFAULT_DOCUMENT } from "../../../core/config/layers/defaults.ts";
import { ROOT, TONE_ONLY } from "../../support/engine-process.ts";

const schema = (await Bun.file(join(ROOT, "schemas/generated/config.editor.json")).json()) as object;
const check = new Ajv({ allErrors: true, strict: false }).compile(schema);

/** @returns where an editor underlines something, and why */
function underlined(document: object): string[] {
  if (check(document)) return [];
  return (check.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

describe("an editor that reads the schema", () => {
  test("needs no other file for it", () => {
    expect(JSON.stringify(schema)).not.toContain('"$ref"');
  });

  test.each<[string, object]>([
    ["the defaults", DEFAULT_DOCUMENT],
    ["nothing at all", {}],
    ["keys taken away by null, and a slot that names no plugin", TONE_ONLY],
    ["a part of a built-in voice", { voices: { slt: { model: "en_US-rms-tiny", load: null } } }],
    ["a section taken away", { speech: { loudness: null }, swap: null }],
    ["a share and a number of bytes", { memory: { budgets: { host: "80%", "cuda:0": 8e9 } } }],
    ["a grant", { plugins: { grants: { echo: { read: ["/srv"] } } } }],
    ["settings of a shipped plugin", { voices: { t: { plugin: "tone@^1", settings: { hertz: 220 } } } }],
    [
      "settings of a plugin that it does not know",
      { voices: { t: { plugin: "toner", settings: { x: 1 } } } },
    ],
  ])("finds nothing wrong with %s", (_, document) => {
    expect(underlined(document)).toEqual([]);
  });

  test.each<[string, object, string]>([
    ["an unknown key", { server: { prot: 1 } }, "/server additionalProperties"],
    ["a value out of its range", { server: { port: 70_000 } }, "/server/port maximum"],
    ["a value of another type", { voices: { t: { device: 1 } } }, "/voices/t/device type"],
    ["a word that is none of the choices", { log: { level: "loud" } }, "/log/level enum"],
    ["a slot's name that is none", { voices: { "a b": {} } }, "/voices propertyNames"],
    ["what an array's member lacks", { server: { tokens: [{ name: "a" }] } }, "/server/tokens/0 required"],
    [
      "a setting that its plugin does not know",
      { voices: { t: { plugin: "tone", settings: { herz: 220 } } } },
      "/voices/t/settings additionalProperties",
    ],
    [
      "a setting out of its plugin's range",
      { voices: { t: { plugin: "piper@1.0.0", settings: { threads: 0 } } } },
      "/voices/t/settings/threads minimum",
    ],
    [
      "a voice's setting in a sink",
      { sinks: { f: { plugin: "file", settings: { hertz: 1 } } } },
      "/sinks/f/settings additionalProperties",
    ],
  ])("underlines %s", (_, document, where) => {
    expect(underlined(document)).toContain(where);
  });
});
