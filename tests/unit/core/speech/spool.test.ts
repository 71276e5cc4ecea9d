import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { EncodePool } from "../../../../core/audio/mod.ts";
import { Spool } from "../../../../core/speech/spool.ts";
import { parseWav } from "../../../support/wav.ts";
import { temporaryFolder } from "../releases/folder.ts";

const RATE = 16_000;
const SOUND = Float32Array.from({ length: RATE / 2 }, (_, i) => 0.4 * Math.sin(i / 9));

const encoders = new EncodePool({ threads: 1 });
const OPTIONS = { voiceRate: RATE, encoders };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => {
  encoders.close();
  return folder[Symbol.asyncDispose]();
});

describe("the spool file of an utterance", () => {
  test("is made with its folder, and has the extension of its format", async () => {
    const directory = join(folder.path, "deep/er");
    const spool = await Spool.open(directory, "u1-archive", { ...OPTIONS, format: "pcm" });
    expect(await readdir(directory)).toEqual(["u1-archive.pcm"]);
    await spool.discard();
  });

  test("has all samples, and the right length in its header", async () => {
    const spool = await Spool.open(folder.path, "whole", { ...OPTIONS, format: "wav" });
    for (let at = 0; at < SOUND.length; at += 999) await spool.write(SOUND.subarray(at, at + 999));
    const { path, bytes, contentType, durationMs } = await spool.finish();
    const file = await Bun.file(path).bytes();
    expect([file.byteLength, contentType, durationMs]).toEqual([bytes, "audio/wav", 500]);
    // The header was written first; the sizes in it are those of the end all the same.
    const { seconds, samples, sampleRate } = parseWav(file);
    expect([seconds, samples.length, sampleRate]).toEqual([0.5, SOUND.length, RATE]);
  });

  test("is valid without samples", async () => {
    const spool = await Spool.open(folder.path, "nothing", { ...OPTIONS, format: "wav" });
    const { path, durationMs } = await spool.finish();
    expect([durationMs, parseWav(await Bun.file(path).bytes()).seconds]).toEqual([0, 0]);
  });

  test("is synced after its last byte, before it counts as kept", async () => {
    await using any = await open(folder.path, "r");
    const handles = Object.getPrototypeOf(any) as Record<"write" | "sync" | "close", () => Promise<unknown>>;
    const spool = await Spool.open(folder.path, "synced", { ...OPTIONS, format: "pcm" });
    const steps: string[] = [];
    const spies = (["write", "sync", "close"] as const).map((step) => {
      const really = handles[step];
      return spyOn(handles, step).mockImplementation(function (this: unknown, ...args: []) {
        steps.push(step);
        return really.apply(this, args);
      });
    });
    try {
      await spool.write(SOUND);
      await spool.finish();
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.slice(-2)).toEqual(["sync", "close"]);
  });

  test("is deleted if the utterance is not finished", async () => {
    const spool = await Spool.open(folder.path, "broken", { ...OPTIONS, format: "mp3" });
    await spool.write(SOUND);
    await spool.discard();
    expect(await readdir(folder.path)).not.toContain("broken.mp3");
  });

  test("never replaces another file", async () => {
    const spool = await Spool.open(folder.path, "twice", { ...OPTIONS, format: "pcm" });
    await expect(Spool.open(folder.path, "twice", { ...OPTIONS, format: "pcm" })).rejects.toThrow("EEXIST");
    await spool.discard();
  });
});
