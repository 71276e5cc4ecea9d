import { describe, expect, test } from "bun:test";
import { validator } from "../../../../core/schema.ts";
import type { LoadResult } from "../../../../schemas/generated/hooks.ts";

const isLoadResult = validator<LoadResult>("syrinx:hooks#/$defs/LoadResult");
const GOOD = { sampleRate: 16_000, speakers: [{ id: "one", language: "en" }], device: "cpu", concurrency: 1 };
const speaker = (change: object) => ({ ...GOOD, speakers: [{ ...GOOD.speakers[0], ...change }] });

describe("what a voice says of itself at its load", () => {
  test.each([
    GOOD,
    speaker({ id: "duo/2", name: "Zoë 日本", language: "pt-BR" }),
    speaker({ name: "می\u200cخواهم" }),
    { ...GOOD, device: "cuda:0", notes: ["a fallback\nto the CPU"] },
  ])("is taken: %j", (result) => {
    expect(isLoadResult(result)).toBe(true);
  });

  test.each([
    speaker({ id: "" }),
    speaker({ id: "b\r\nX-Evil: 1" }),
    speaker({ id: "\u001b[2J" }),
    speaker({ id: "n\u202eevil" }),
    speaker({ id: "x".repeat(129) }),
    speaker({ name: "\u001b[31mred" }),
    speaker({ name: "x".repeat(257) }),
    speaker({ language: "en\n" }),
    { ...GOOD, device: "cpu\u001b]0;title\u0007" },
    { ...GOOD, device: "d".repeat(65) },
    { ...GOOD, notes: Array<string>(33).fill("a note") },
  ])("is refused: %j", (result) => {
    expect(isLoadResult(result)).toBe(false);
  });
});
