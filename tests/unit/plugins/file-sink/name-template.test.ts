import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { PluginError, type SunkUtterance } from "syrinx/sdk";
import { parseTemplate } from "../../../../plugins/file-sink/name-template.ts";
import { slug } from "../../../../plugins/file-sink/safe-name.ts";

const UTTERANCE: SunkUtterance = {
  id: "u1",
  text: "Good morning, Dr. Müller!",
  voice: "duo/anna",
  release: "piper@1.0.0",
  format: "wav",
  contentType: "audio/wav",
  bytes: 3,
  durationMs: 1,
  createdAt: "2026-03-01T23:59:58.500-02:00",
};

describe("the file sink's name template", () => {
  test("every field has its value, with date and time in UTC", () => {
    expect(parseTemplate("{date}/{time}-{voice}-{id}.{format}").parts(UTTERANCE)).toEqual([
      "2026-03-02",
      "015958-duo-anna-u1.wav",
    ]);
    expect(parseTemplate("{text}.{format}").parts(UTTERANCE)).toEqual(["good-morning-dr-müller.wav"]);
  });

  test("an unknown field is refused with the fields that there are", () => {
    expect(() => parseTemplate("{day}.wav")).toThrow(
      new PluginError(
        "settings-invalid",
        'Cannot name files by "{day}.wav" because there is no field "day": the fields are date, time, id, voice, format, text',
      ),
    );
    expect(() => parseTemplate("{toString}")).toThrow(/no field "toString"/);
  });

  for (const template of [
    "/etc/{id}",
    "../{id}",
    "a/../{id}",
    "./{id}",
    "a//b",
    "{id",
    "id}",
    "{{id}}",
    "{id}/",
  ]) {
    test(`${template} is refused`, () => {
      expect(() => parseTemplate(template)).toThrow(PluginError);
    });
  }

  test("no field value makes a name that leaves the folder or is too long", () => {
    const nasty = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      fc.constantFrom(
        "..",
        ".",
        "/",
        "../../etc/passwd",
        "a\0b",
        "\u202E",
        "..\\..",
        "",
        "\uD800",
        "日".repeat(300),
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, nasty, (id, voice, format, text) => {
        const parts = parseTemplate("{id}/{voice}-{text}/{text}/{id}.{format}").parts({
          ...UTTERANCE,
          id,
          voice,
          format,
          text,
        });
        expect(parts).toHaveLength(4);
        for (const part of parts) {
          expect(part).not.toBe("");
          expect(part).not.toMatch(/^\.|[/\\\p{Cc}\p{Cs}]/u);
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(240);
        }
      }),
    );
  });

  test("a long name keeps its extension", () => {
    const [name] = parseTemplate("{id}.{format}").parts({ ...UTTERANCE, id: "ü".repeat(200) });
    expect(name).toEndWith("ü.wav");
  });

  test("a text becomes at most 40 characters, and a text without words still a name", () => {
    expect([...slug("𝒜 long text ".repeat(20))].length).toBeLessThanOrEqual(40);
    expect(slug("?!")).toBe("untitled");
  });
});
