import { expect, test } from "bun:test";
import fc from "fast-check";
import { systemClock } from "../../../../core/clock.ts";
import { OutputBudget, readLines } from "../../../../core/instances/output-lines.ts";

interface Read {
  logged: string[];
  seen: string[];
  dropped: number;
}

/** Reads an output that arrives in these chunks. */
async function read(chunks: readonly Uint8Array[]): Promise<Read> {
  const all: Read = { logged: [], seen: [], dropped: 0 };
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  await readLines(stream, new OutputBudget(systemClock), {
    line(line, logged) {
      all.seen.push(line);
      if (logged) all.logged.push(line);
    },
    dropped(lines) {
      all.dropped += lines;
    },
  });
  return all;
}

/** Cuts bytes at the places, which may be amid a character. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((at) => at % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

test("lines that are cut anywhere on their way, even amid a character, arrive whole", async () => {
  const word = fc.string({ unit: fc.constantFrom("a", "ß", "語", "🐦"), minLength: 1, maxLength: 12 });
  const places = fc.array(fc.nat(), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 20 }), places, fc.boolean(), async (lines, at, hasEnd) => {
      const text = lines.join("\n") + (hasEnd ? "\n" : "");
      expect(await read(cut(new TextEncoder().encode(text), at))).toEqual({
        logged: lines,
        seen: lines,
        dropped: 0,
      });
    }),
  );
});

test("of lines beyond the budget all are counted, and the last ones of each piece are looked at", async () => {
  const lines = Array.from({ length: 5_000 }, (_, n) => `line ${n}`);
  const { logged, seen, dropped } = await read([Buffer.from(`${lines.join("\n")}\n`)]);
  expect(logged.length + dropped).toBe(lines.length);
  expect(logged.slice(0, 1_000)).toEqual(lines.slice(0, 1_000));
  expect(seen.slice(-5)).toEqual(lines.slice(-5));
  expect(seen.length).toBeLessThan(1_100);
});

test("a line without end is cut, and does not hide the line after it", async () => {
  const long = Array.from({ length: 3 }, () => Buffer.from("y".repeat(65_536)));
  const { seen } = await read([...long, Buffer.from("\nthe end\n")]);
  expect(seen.map(({ length }) => length)).toEqual([16_384, 7]);
});
