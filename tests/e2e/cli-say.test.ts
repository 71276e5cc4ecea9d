import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandLine } from "../support/command-line.ts";
import { EngineProcess, TONE_ONLY } from "../support/engine-process.ts";
import { processesNaming } from "../support/processes.ts";
import { addPlugin, addPluginVersion } from "../support/releases.ts";
import { levelDb } from "../support/spectrum.ts";
import { toneHz } from "../support/tone.ts";
import { parseWav } from "../support/wav.ts";

const TEXT = "Hello there, world.";
/** What `tone` takes for TEXT: 30 ms for each character. */
const SECONDS = TEXT.length * 0.03;

let line: CommandLine;
beforeAll(async () => {
  line = await CommandLine.open(TONE_ONLY);
});
afterAll(() => line[Symbol.asyncDispose]());

describe("with no engine running, say", () => {
  test("speaks with the shipped voice, and writes nothing but the file and what is in the home", async () => {
    await using own = await CommandLine.open();
    const { code, stdout, stderr } = await own.run(["say", TEXT, "-o", "out.wav"]);
    expect(stderr).toMatch(
      /^out\.wav: \d+ bytes, \d\.\d\d s of sound in \d\.\d\d s, first sound after (?:\d+ ms|\d+\.\d\d s); slt \(piper@1\.0\.0\+en_US-slt-tiny@1\.0\.0\)\n$/,
    );
    expect([code, stdout.length]).toEqual([0, 0]);
    const { seconds, samples } = wholeWav(await readFile(join(own.work, "out.wav")));
    expect(seconds).toBeWithin(0.8, 2.5);
    expect(levelDb(samples)).toBeGreaterThan(-40);
    expect(await own.strewn()).toEqual(["work/out.wav"]);
    expect((await readdir(own.home)).sort()).toEqual(["data", "engine.json"]);
  });

  test("leaves no process behind", async () => {
    await using own = await CommandLine.open({
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, tone: { plugin: "tone@2.0.0" } },
    });
    await addPluginVersion(own.home, "tone", "2.0.0");
    const child = own.spawn(["say", TEXT]);
    await child.stdout.bytes();
    expect(await child.exited).toBe(0);
    expect(processesNaming(own.home)).toEqual([]);
  });

  test("starts no other voice than the one that speaks", async () => {
    await using own = await CommandLine.open({
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, other: { plugin: "other" } },
    });
    const other = { name: "other", version: "1.0.0", voice: { formats: [] } };
    await addPlugin(
      own.home,
      other,
      `console.error("the other voice has started"); throw new Error("Not needed");`,
    );
    const { code, stderr } = await own.run(["say", TEXT, "-o", "out.wav"]);
    expect(code).toBe(0);
    expect(stderr).not.toContain("other");
    const asked = await own.run(["say", TEXT, "-o", "out.wav", "--voice", "other"]);
    expect(asked.stderr).toContain("the other voice has started");
    expect(asked.code).toBe(1);
  });

  test("writes wav, mp3 and pcm, as the file's name says", async () => {
    await line.run(["say", TEXT, "-o", "out.wav"]);
    expect(wholeWav(await readFile(join(line.work, "out.wav"))).seconds).toBeCloseTo(SECONDS, 2);
    await line.run(["say", TEXT, "-o", "out.mp3"]);
    const mp3 = await readFile(join(line.work, "out.mp3"));
    // The sync word of an MPEG audio frame (ISO 11172-3 §2.4.1.3).
    expect([mp3[0], mp3[1]! & 0xe0]).toEqual([0xff, 0xe0]);
    await line.run(["say", TEXT, "-o", "out.pcm"]);
    const pcm = await readFile(join(line.work, "out.pcm"));
    expect(pcm.byteLength / 2 / 24_000).toBeCloseTo(SECONDS, 2);
  });

  test("writes a wav of true sizes to stdout, with -o - or into a pipe", async () => {
    for (const args of [["-o", "-"], []]) {
      const { code, stdout, stderr } = await line.run(["say", TEXT, ...args]);
      expect(code).toBe(0);
      expect(stderr.split("\n")).toHaveLength(2);
      expect(wholeWav(stdout).seconds).toBeCloseTo(SECONDS, 2);
    }
  });

  test("ends quietly when nobody reads the rest of its sound", async () => {
    const child = line.spawn(["say", TEXT.repeat(100), "-o", "-"]);
    const reader = child.stdout.getReader();
    await reader.read();
    await reader.cancel();
    expect([await child.exited, await child.stderr.text()]).toEqual([0, ""]);
  });

  test("speaks stdin when no text is given", async () => {
    const { stdout } = await line.run(["say"], { stdin: TEXT });
    expect(wholeWav(stdout).seconds).toBeCloseTo(SECONDS, 2);
  });

  test("speaks in the voice and at the speed that are requested", async () => {
    const high = await line.run(["say", TEXT, "--voice", "tone/high", "--speed", "2"]);
    const wav = wholeWav(high.stdout);
    expect(wav.seconds).toBeCloseTo(SECONDS / 2, 2);
    expect(toneHz(wav)).toBeCloseTo(880, -1);
    expect(high.stderr).toContain("; tone/high (tone@1.0.0)");
  });

  test("names the voices if the requested one does not exist", async () => {
    const { code, stdout, stderr } = await line.run(["say", TEXT, "--voice", "nobody", "-o", "none.wav"]);
    expect([code, stdout.length]).toEqual([1, 0]);
    expect(stderr).toStartWith(`syrinx: There is no voice "nobody": there are tone, and the aliases alloy, `);
    expect(await line.strewn()).not.toContain("work/none.wav");
  });

  test("says what is missing before it starts anything", async () => {
    const mistakes: [args: string[], says: string][] = [
      [["-o", "out.wav"], 'There is nothing to say: give a text, as in syrinx say "Hello", or pipe one in'],
      [[TEXT, "-o", "out.ogg"], "Cannot write out.ogg because its name needs to end in .mp3, .wav, .pcm"],
      [[TEXT, "-o", "out"], "Cannot write out because its name needs to end in .mp3, .wav, .pcm"],
      [
        [TEXT, "-o", "gone/out.wav"],
        `Cannot write gone/out.wav because there is no folder ${join(line.work, "gone")}. Make it first`,
      ],
      [[TEXT, "--play", "-o", "out.mp3"], "Cannot both play and write out.mp3: --play goes with a .wav file"],
    ];
    for (const [args, says] of mistakes) {
      const { code, stdout, stderr } = await line.run(["say", ...args]);
      expect([code, stdout.length, stderr]).toEqual([2, 0, `syrinx: ${says}\n`]);
    }
  });
});

describe("with an engine running, say", () => {
  test("speaks through it, found by its home although its port is random, or by --url", async () => {
    const running = { plugin: "tone", settings: { hertz: 300 } };
    await using engine = await EngineProcess.start({
      config: {
        ...TONE_ONLY,
        voices: { slt: null, rms: null, running },
        speech: { defaultVoice: "running" },
      },
    });
    const byHome = await line.run(["say", TEXT, "--home", engine.home]);
    expect(byHome.stderr).toContain("; running (tone@1.0.0)");
    expect(toneHz(wholeWav(byHome.stdout))).toBeCloseTo(300, -1);
    const byUrl = await line.run(["say", TEXT], { env: { SYRINX_URL: engine.url } });
    expect(byUrl.stderr).toContain("; running (tone@1.0.0)");
    const { counts } = await engine.get<{ counts: { utterancesDone: number } }>("/control/status");
    expect(counts.utterancesDone).toBe(2);
  });

  test("sends the token that it is given", async () => {
    const sha256 = new Bun.CryptoHasher("sha256").update("open sesame").digest("hex");
    await using engine = await EngineProcess.start({
      config: { ...TONE_ONLY, server: { tokens: [{ name: "me", sha256, scopes: ["speak"] }] } },
      args: ["--host", "0.0.0.0"],
    });
    const args = ["say", TEXT, "--home", engine.home];
    const without = await line.run(args);
    expect([without.code, without.stdout.length]).toEqual([1, 0]);
    expect(without.stderr).toBe("syrinx: A token is needed: send it as Authorization: Bearer <token>\n");
    const given = await line.run([...args, "--token", "open sesame"]);
    expect(wholeWav(given.stdout).seconds).toBeCloseTo(SECONDS, 2);
    const fromEnvironment = await line.run(args, { env: { SYRINX_TOKEN: "open sesame" } });
    expect(fromEnvironment.code).toBe(0);
  });
});

describe("say --play", () => {
  test("gives the player a wav of true sizes, and the file as well if one was named", async () => {
    const bin = join(line.home, "bin");
    await mkdir(bin, { recursive: true });
    await writeFile(
      join(bin, "aplay"),
      `#!/bin/sh\necho "$@" > "$HOME/arguments"\ncat > "$HOME/heard.wav"\n`,
    );
    await chmod(join(bin, "aplay"), 0o755);
    await symlink("/bin/cat", join(bin, "cat")).catch(() => {});
    const { code, stdout } = await line.run(["say", TEXT, "--play", "-o", "both.wav"], {
      env: { PATH: bin },
    });
    expect([code, stdout.length]).toEqual([0, 0]);
    expect(await readFile(join(line.user, "arguments"), "utf8")).toBe("-q -\n");
    const heard = await readFile(join(line.user, "heard.wav"));
    expect(wholeWav(heard).seconds).toBeCloseTo(SECONDS, 2);
    expect(heard.equals(await readFile(join(line.work, "both.wav")))).toBe(true);
  });

  test("says what to install, or to write a file, where there is no player", async () => {
    const { code, stdout, stderr } = await line.run(["say", TEXT, "--play"], { env: { PATH: line.work } });
    expect([code, stdout.length]).toEqual([2, 0]);
    expect(stderr.trimEnd().split("\n").at(-1)).toBe(
      "syrinx: Cannot play the sound because none of aplay, pw-play, ffplay, afplay is installed. Write it with -o hello.wav",
    );
  });
});

/** Checks the two sizes in the header, which a stream cannot know beforehand, and takes the wav apart. */
function wholeWav(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe("RIFF");
  expect(view.getUint32(4, true)).toBe(bytes.byteLength - 8);
  expect(view.getUint32(40, true)).toBe(bytes.byteLength - 44);
  return parseWav(bytes);
}
