import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Sink, SinkDefinition, SunkUtterance } from "syrinx/sdk";
import { KeptFiles } from "../../../../plugins/file-sink/kept-files.ts";
import fileSink from "../../../../plugins/file-sink/main.ts";
import manifest from "../../../../plugins/file-sink/plugin.json";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "syrinx-file-sink-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function opened(settings: { directory?: string; name?: string } = {}): Promise<Sink> {
  const definition = fileSink.definition as SinkDefinition<{ directory?: string; name: string }>;
  return definition.open({
    settings: { name: manifest.settings.properties.name.default, ...settings },
    dataDirectory: folder,
  });
}

function utterance(id: string, audio: string): SunkUtterance {
  return {
    id,
    text: "Hello",
    voice: "slt",
    release: "piper@1.0.0",
    format: "wav",
    contentType: "audio/wav",
    bytes: audio.length,
    durationMs: 1,
    createdAt: "2026-03-01T10:20:30Z",
  };
}

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

const never = new AbortController().signal;
const keep = (sink: Sink, id: string, audio: string) =>
  sink.write(utterance(id, audio), chunks(audio), never, {});
const names = async () => (await readdir(folder, { recursive: true })).sort();

describe("the file sink", () => {
  test("stores an utterance under the name of the template, and returns its path", async () => {
    const sink = await opened();
    const path = await sink.write(utterance("u1", "abcdef"), chunks("abc", "", "def"), never, {});
    expect(path).toBe(join(folder, "2026-03-01", "102030-slt-u1.wav"));
    expect(await readFile(path, "utf8")).toBe("abcdef");
    expect(await names()).toEqual(["2026-03-01", "2026-03-01/102030-slt-u1.wav"]);
  });

  test("makes the directory of its settings", async () => {
    const directory = join(folder, "deep", "er");
    expect(dirname(await keep(await opened({ directory, name: "{id}" }), "u1", "a"))).toBe(directory);
  });

  test("never shows an incomplete file", async () => {
    const sink = await opened({ name: "{id}.{format}" });
    const seen: string[][] = [];
    async function* watched() {
      yield* chunks("abc");
      seen.push(await names());
      yield* chunks("def");
    }
    await sink.write(utterance("u1", "abcdef"), watched(), never, {});
    expect(seen).toEqual([[expect.stringMatching(/^\.u1\.wav\.[0-9a-f]{8}\.part$/)]]);
    expect(await names()).toEqual(["u1.wav"]);
  });

  test("never replaces another utterance's file", async () => {
    const sink = await opened({ name: "{text}.{format}" });
    const paths = [
      await keep(sink, "u1", "one"),
      await keep(sink, "u2", "two"),
      await keep(sink, "u3", "one"),
    ];
    expect(paths.map((path) => path.slice(folder.length + 1))).toEqual([
      "hello.wav",
      "hello-2.wav",
      "hello-3.wav",
    ]);
    expect(await Promise.all(paths.map((path) => readFile(path, "utf8")))).toEqual(["one", "two", "one"]);
  });

  test("concurrent utterances with the same name each get their own file", async () => {
    const sink = await opened({ name: "{text}.{format}" });
    const ids = Array.from({ length: 20 }, (_, i) => `u${i}`);
    const paths = await Promise.all(ids.map((id) => keep(sink, id, id)));
    expect(new Set(paths).size).toBe(20);
    expect(await Promise.all(paths.map((path) => readFile(path, "utf8")))).toEqual(ids);
    expect(await names()).toHaveLength(20);
  });

  test("an utterance that is offered again replaces its own file", async () => {
    const sink = await opened({ name: "{text}.{format}" });
    await keep(sink, "u0", "zero");
    const first = await keep(sink, "u1", "one");
    expect(await keep(sink, "u1", "again")).toBe(first);
    expect(await readFile(first, "utf8")).toBe("again");
    expect(await names()).toEqual(["hello-2.wav", "hello.wav"]);
  });

  test("the next release knows the utterances of the one before", async () => {
    const old = await opened({ name: "{text}.{format}" });
    const path = await keep(old, "u1", "one");
    const next = await opened({ name: "{text}.{format}" });
    await next.restore?.(JSON.parse(JSON.stringify(old.snapshot?.())), "file@1.0.0");
    expect(await keep(next, "u1", "one")).toBe(path);
    expect(await names()).toEqual(["hello.wav"]);
  });

  test.each([
    ["no state", null],
    ["a later version", { version: 2, count: 1, files: [] }],
    ["no count", { version: 1, files: [] }],
    [
      "a path that is none",
      {
        version: 1,
        count: 1,
        files: [
          ["u0", "/p0"],
          ["u1", 7],
        ],
      },
    ],
  ])("a state in an unknown format is refused as a whole: %s", (_, state) => {
    const kept = new KeptFiles();
    expect(() => kept.restore(state)).toThrow(/must be version 1/);
    expect([kept.count, kept.remembered]).toEqual([0, 0]);
  });

  test("a state with long paths is cut to the engine's limit, and keeps the newest", () => {
    const kept = new KeptFiles();
    for (let i = 0; i < 4096; i++) kept.set(`u${i}`, `/${"long/".repeat(100)}${i}`);
    const state = kept.snapshot();
    expect(JSON.stringify(state).length).toBeLessThan(1024 * 1024);
    const next = new KeptFiles();
    next.restore(JSON.parse(JSON.stringify(state)));
    expect([next.count, next.get("u4095")]).toEqual([4096, kept.get("u4095")]);
    expect(next.get("u0")).toBeUndefined();
  });

  test("after a crash the same bytes under the same id are not kept twice", async () => {
    await keep(await opened(), "u1", "one");
    const path = await keep(await opened(), "u1", "one");
    expect(path).toEndWith("-u1.wav");
    expect(await keep(await opened(), "u1", "other")).toEndWith("-u1-2.wav");
  });

  test("a write that is cancelled leaves nothing and says why", async () => {
    const sink = await opened({ name: "{id}.{format}" });
    const stop = new AbortController();
    async function* stopped() {
      yield* chunks("abc");
      stop.abort(new Error("no longer wanted"));
      yield* chunks("def");
    }
    await expect(sink.write(utterance("u1", "abcdef"), stopped(), stop.signal, {})).rejects.toThrow(
      "no longer wanted",
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test("audio that breaks off or is not as long as announced leaves nothing", async () => {
    const sink = await opened({ name: "{id}.{format}" });
    async function* broken() {
      yield* chunks("abc");
      throw new Error("the spool is gone");
    }
    await expect(sink.write(utterance("u1", "abcdef"), broken(), never, {})).rejects.toThrow(
      "the spool is gone",
    );
    await expect(sink.write(utterance("u1", "abcdef"), chunks("abc"), never, {})).rejects.toThrow(
      /3 of its 6 bytes/,
    );
    await expect(sink.write(utterance("u1", "abc"), chunks("abc", "def"), never, {})).rejects.toThrow(
      /6 of its 3 bytes/,
    );
    expect(await names()).toEqual([]);
    expect(await keep(sink, "u1", "abc")).toBe(join(folder, "u1.wav"));
  });

  test("the file that a killed process left is removed when the utterance is offered again", async () => {
    const sink = await opened({ name: "{id}.{format}" });
    const seen: string[] = [];
    async function* watched() {
      seen.push(...(await names()));
      yield* chunks("abc");
    }
    await sink.write(utterance("u1", "abc"), watched(), never, {});
    await rm(join(folder, "u1.wav"));
    await writeFile(join(folder, seen[0] ?? ""), "half of something longer");
    expect(await readFile(await keep(await opened({ name: "{id}.{format}" }), "u1", "abc"), "utf8")).toBe(
      "abc",
    );
    expect(await names()).toEqual(["u1.wav"]);
  });

  test("a folder with the file's name counts as a taken name", async () => {
    await mkdir(join(folder, "u1.wav"));
    expect(await keep(await opened({ name: "{id}.{format}" }), "u1", "a")).toBe(join(folder, "u1-2.wav"));
  });

  test("a directory that is not absolute is refused", async () => {
    await expect(opened({ directory: "out" })).rejects.toThrow(/"out" because it must be an absolute path/);
  });

  test("only the newest 4,096 utterances are remembered", () => {
    const kept = new KeptFiles();
    for (let i = 0; i < 5000; i++) kept.set(`u${i}`, `/p${i}`);
    expect(kept.snapshot()).toMatchObject({ version: 1, count: 5000, files: { length: 4096 } });
    expect(kept.get("u903")).toBeUndefined();
    expect(kept.get("u904")).toBe("/p904");
  });
});
