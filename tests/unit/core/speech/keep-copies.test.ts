import { afterAll, afterEach, beforeEach, describe, expect, test } from "bun:test";
import { readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { EncodePool } from "../../../../core/audio/mod.ts";
import { type CopyOptions, keepCopies } from "../../../../core/speech/keep-copies.ts";
import type { Spooled } from "../../../../core/speech/spool.ts";
import type { SunkUtterance } from "../../../../schemas/generated/hooks.ts";
import { parseWav } from "../../../support/wav.ts";
import { temporaryFolder } from "../releases/folder.ts";

const RATE = 16_000;
const CHUNKS = [1, 2, 3].map((n) => new Float32Array(800).fill(n / 10));
const UTTERANCE = {
  id: "u1",
  text: "Hello.",
  voice: "slt",
  release: "piper@1.0.0",
  createdAt: "2026-01-01T00:00:00.000Z",
};

const encoders = new EncodePool({ threads: 1 });
afterAll(() => encoders.close());

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let delivered: { slot: string; utterance: SunkUtterance; spooled: Spooled }[];
beforeEach(async () => {
  folder = await temporaryFolder();
  delivered = [];
});
afterEach(() => folder[Symbol.asyncDispose]());

async function* chunks(): AsyncGenerator<Float32Array> {
  yield* CHUNKS;
}

function copies(samples: AsyncGenerator<Float32Array>, sinks: CopyOptions["sinks"]) {
  return keepCopies(samples, {
    utterance: UTTERANCE,
    sinks,
    voiceRate: RATE,
    encoders,
    spoolDirectory: folder.path,
    delivery: {
      deliver: (slot, utterance, spooled) => void delivered.push({ slot, utterance, spooled }),
    },
  });
}

const spooledFiles = async () => (await readdir(folder.path)).sort();

describe("keepCopies", () => {
  test("passes the samples on unchanged, and delivers a whole copy to each sink in its format", async () => {
    const sinks = [
      { name: "archive", format: "wav" },
      { name: "raw", format: "pcm" },
    ] as const;
    expect(await Array.fromAsync(copies(chunks(), sinks))).toEqual(CHUNKS);
    expect(delivered.map(({ slot }) => slot)).toEqual(["sinks.archive", "sinks.raw"]);
    const [archive, raw] = delivered;
    expect(archive?.utterance).toEqual({
      ...UTTERANCE,
      format: "wav",
      contentType: "audio/wav",
      bytes: archive?.spooled.bytes ?? 0,
      durationMs: 150,
    });
    expect(raw?.utterance).toMatchObject({ format: "pcm", durationMs: 150 });
    expect(parseWav(await Bun.file(archive?.spooled.path ?? "").bytes()).samples.length).toBe(2400);
    expect(await spooledFiles()).toEqual(["u1-archive.wav", "u1-raw.pcm"]);
  });

  test("writes nothing if there is no sink", async () => {
    expect(await Array.fromAsync(copies(chunks(), []))).toEqual(CHUNKS);
    expect([delivered, await spooledFiles()]).toEqual([[], []]);
  });

  test("keeps no copy if the utterance fails, and rejects with the reason", async () => {
    async function* broken() {
      yield CHUNKS[0]!;
      throw new Error("the voice died");
    }
    const copied = copies(broken(), [{ name: "archive", format: "wav" }]);
    await expect(Array.fromAsync(copied)).rejects.toThrow("the voice died");
    expect([delivered, await spooledFiles()]).toEqual([[], []]);
  });

  test("keeps no copy if the listener leaves", async () => {
    for await (const _ of copies(chunks(), [{ name: "archive", format: "wav" }])) break;
    expect([delivered, await spooledFiles()]).toEqual([[], []]);
  });

  test("keeps no copy if one of the files cannot be made", async () => {
    await folder.write("u1-second.wav", "somebody else's");
    const copied = copies(chunks(), [
      { name: "first", format: "wav" },
      { name: "second", format: "wav" },
    ]);
    await expect(Array.fromAsync(copied)).rejects.toThrow("EEXIST");
    expect([delivered, await spooledFiles()]).toEqual([[], ["u1-second.wav"]]);
  });

  test("leaves no file of a copy that cannot be completed, and keeps those that were delivered before", async () => {
    const second = join(folder.path, "u1-second.wav");
    async function* spoiled() {
      yield* chunks();
      // As if the disk had lost it: its header cannot be completed.
      await rm(second);
      await symlink(join(folder.path, "nowhere"), second);
    }
    const copied = copies(spoiled(), [
      { name: "first", format: "wav" },
      { name: "second", format: "wav" },
      { name: "third", format: "wav" },
    ]);
    await expect(Array.fromAsync(copied)).rejects.toThrow("ENOENT");
    expect(delivered.map(({ slot }) => slot)).toEqual(["sinks.first"]);
    expect(await spooledFiles()).toEqual(["u1-first.wav"]);
  });
});
