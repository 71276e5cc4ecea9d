import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { MAX_SEGMENT, normalise, segments, segmentText } from "../../../../core/text/segment.ts";

const bare = (text: string) => text.replace(/\s+/gu, "");
const spoken = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, "");

/** Text as people and programs send it, with all that is awkward to cut. */
const anyText = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.stringMatching(/^[a-zA-Z]{1,12}$/) },
      {
        weight: 3,
        arbitrary: fc.constantFrom(" ", ". ", ", ", "! ", "? ", "; ", "\n", "\n\n", "...", " — ", "。", "，"),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          "Dr. ",
          "U.S. ",
          "« ",
          " »",
          '"',
          "3.14",
          "https://a.b/?c",
          "你好",
          "はい",
          "👩‍👩‍👧",
          "é",
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
      {
        weight: 1,
        arbitrary: fc.constantFrom("\ud800", "\udc00", "\u200b", "\ufeff", "\u0007", "x".repeat(500)),
      },
    ),
    { maxLength: 120 },
  )
  .map((parts) => parts.join(""));

describe("a text is cut into its sentences", () => {
  const cases: [string, string | undefined, string[]][] = [
    ["Dr. Smith met Mrs. Jones. They talked.", "en", ["Dr. Smith met Mrs. Jones.", "They talked."]],
    ["Use a tool, e.g. Excel. Then go on.", "en", ["Use a tool, e.g. Excel.", "Then go on."]],
    ["Pi is 3.14. It costs $5.00 today.", "en", ["Pi is 3.14.", "It costs $5.00 today."]],
    [
      "The U.S. Army came. I live in the U.S. It is big.",
      "en",
      ["The U.S. Army came.", "I live in the U.S.", "It is big."],
    ],
    [
      "J. R. R. Tolkien wrote it at 5 p.m. Then he slept.",
      "en",
      ["J. R. R. Tolkien wrote it at 5 p.m.", "Then he slept."],
    ],
    ["So do I. Maybe later. No. 5 is No. Yes.", "en", ["So do I.", "Maybe later.", "No. 5 is No.", "Yes."]],
    ['"Is it?" he asked. "Yes."', "en", ['"Is it?" he asked.', '"Yes."']],
    ["how are you? i am fine! ok", "en", ["how are you?", "i am fine!", "ok"]],
    ["Wait... what? Well… okay.", "en", ["Wait... what?", "Well… okay."]],
    ["See https://example.com/a.b?c=d. Then go.", "en", ["See https://example.com/a.b?c=d.", "Then go."]],
    ["1. First item. 2. Second item.", "en", ["1. First item.", "2. Second item."]],
    ["Version 1.2.3 is out! Get it.", "en", ["Version 1.2.3 is out!", "Get it."]],
    ["你好。我是谁？好！", "zh", ["你好。", "我是谁？", "好！"]],
    ["「はい。」と彼は言った。今日は晴れです。", "ja-JP", ["「はい。」と彼は言った。", "今日は晴れです。"]],
    [
      "Das ist z. B. gut. Er kommt am 3. Mai. Gut.",
      "de_DE",
      ["Das ist z. B. gut.", "Er kommt am 3. Mai.", "Gut."],
    ],
    [
      "Il dit : « Bonjour. Ça va ? » Puis il partit.",
      "fr",
      ["Il dit : « Bonjour.", "Ça va ? »", "Puis il partit."],
    ],
    ["no punctuation at all here", undefined, ["no punctuation at all here"]],
  ];
  test.each(cases)("%s", (text, language, expected) => {
    expect(segmentText(text, { language })).toEqual(expected);
  });

  test("paragraphs and list items end a sentence, a single line break does not", () => {
    expect(segmentText("A title\n\nOne\r\nline.\n- first\n- second\u2029Last")).toEqual([
      "A title",
      "One line.",
      "- first",
      "- second",
      "Last",
    ]);
  });

  test("an unknown language is read as English", () => {
    expect(segmentText("Dr. No. Yes.", { language: "!?" })).toEqual(
      segmentText("Dr. No. Yes.", { language: "en" }),
    );
  });
});

describe("audio starts early", () => {
  const long =
    "If you go down to the woods today, you're sure of a big surprise, and you'd better go in disguise.";

  test("the first sentence is cut after its first clause if it is long, a later one is not", () => {
    expect(segmentText(`${long} ${long}`)).toEqual([
      "If you go down to the woods today,",
      "you're sure of a big surprise, and you'd better go in disguise.",
      long,
    ]);
  });

  test("a very short first clause is not cut off", () => {
    expect(segmentText("Well, you had better not go alone today but stay at home with me.")).toHaveLength(1);
  });

  test("a short first sentence is not cut", () => {
    expect(segmentText("If you go down there today, go in disguise.")).toHaveLength(1);
  });

  test("Chinese says more per character, so its first clause is shorter", () => {
    expect(segmentText("今天天气很好，我们一起去公园散步，然后去吃饭，好不好？")[0]).toBe("今天天气很好，");
  });
});

describe("a segment is never too long", () => {
  test("a long sentence is cut after a clause", () => {
    const pieces = segmentText(`${"word ".repeat(60)}end, ${"word ".repeat(60)}`);
    expect(pieces[0]).toEndWith("end,");
  });

  test("without clauses it is cut between words", () => {
    const text = "word ".repeat(500).trim();
    const pieces = segmentText(text);
    expect(pieces.join(" ")).toBe(text);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(MAX_SEGMENT);
  });

  test("without spaces it is cut between graphemes", () => {
    const family = "👩‍👩‍👧";
    const pieces = segmentText(`a${family.repeat(120)}b`);
    for (const piece of pieces) expect(piece.replaceAll(family, "")).toMatch(/^[ab]*$/);
    expect(pieces[0]).toStartWith("a");
    expect(pieces.at(-1)).toEndWith("b");
  });

  test("a very long grapheme is cut, but no surrogate pair", () => {
    const text = `a${"\u{1e130}".repeat(1000)}`;
    // One more unit would fit, which is half a pair. The other marks have no letter, so they are not spoken.
    expect(segmentText(text)).toEqual([text.slice(0, MAX_SEGMENT - 1)]);
  });
});

test.each(["", "  \n ", "!!! ... 😀", "—", "\u200b\ufeff", "«»", "👩‍👩‍👧"])("nothing is spoken of %j", (text) => {
  expect(segmentText(text)).toEqual([]);
});

test("marks and emoji between sentences are spoken with a neighbour, not alone", () => {
  expect(segmentText("... Hello 😀! How are you? 😀 😀")).toEqual(["... Hello 😀!", "How are you? 😀 😀"]);
});

test("text is normalised for speech", () => {
  expect(normalise("\ufeffe\u0301\u0000 a\u200bb\u00a0\t c\ud800 \u202ed\u202c")).toBe("é ab c\ufffd d");
});

describe("for any text", () => {
  test("no word is lost, and every segment has one and keeps to the limit", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const pieces = segmentText(text);
        expect(spoken(pieces.join(""))).toBe(spoken(normalise(text)));
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(MAX_SEGMENT);
          expect(piece).toMatch(/[\p{L}\p{N}]/u);
          expect(piece).toBe(piece.trim());
          expect(piece.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("no mark of a speakable text is lost", () => {
    const sentence = fc.constantFrom(
      "Hello there!",
      "«Oui.»",
      "(No?)",
      "你好。",
      "A — b; c: d.",
      "Wait...",
      "so on, ".repeat(100),
    );
    fc.assert(
      fc.property(fc.array(sentence), fc.constantFrom(" ", "\n\n", "\n", " 😀 "), (parts, gap) => {
        const text = parts.join(gap);
        expect(bare(segmentText(text).join(""))).toBe(bare(normalise(text)));
      }),
    );
  });

  test("a segment of one sentence is one segment again", () => {
    const word = fc.constantFrom(
      "Dr.",
      "U.S.",
      "no",
      "Yes!",
      "3.",
      "a.",
      '"so?"',
      "he",
      "It",
      "e.g.",
      "you,",
      "I.",
      "»",
      "http://a/?b",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 25 }), (parts) => {
        for (const piece of segmentText(parts.join(" "))) {
          if (piece.length <= 60) expect(segmentText(piece)).toEqual([piece]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("normalised text stays as it is", () => {
    fc.assert(fc.property(anyText, (text) => expect(normalise(normalise(text))).toBe(normalise(text))));
  });
});

test.each([
  ["sentences", 'He said, "No." Dr. Smith left, e.g. at 5 p.m. with the U.S. Army... '],
  ["words", "word "],
  ["letters", "w"],
  ["initials", "a. "],
  ["addresses", "a/?"],
  ["accents", "\u0301"],
  ["line breaks", "\n "],
  ["marks", "!?"],
  ["clauses", "a,"],
])("100,000 characters of %s take no time to speak of", (_, unit) => {
  const text = `x${unit.repeat(Math.ceil(100_000 / unit.length))}`;
  const start = performance.now();
  segmentText(text);
  // About 10 ms at most; what grows with the square of the length takes seconds.
  expect(performance.now() - start).toBeLessThan(300);
});

test("the first segment does not wait for the paragraphs after it", () => {
  const paragraphs = segments(`Hello.\n\n${"And so on. ".repeat(10)}`);
  expect(paragraphs.next().value).toBe("Hello.");
  expect(paragraphs.next().value).toBe("And so on.");
});
