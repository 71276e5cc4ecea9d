import { existsSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import {
  bytesOf,
  type EngineClient,
  speakText,
  tookText,
  WavMeter,
  withWavSizes,
} from "../../admin/client/mod.ts";
import { findPlayer, PLAYER_NAMES, Playback, playerFailure } from "../../admin/client/terminal/mod.ts";
import { AUDIO_FORMATS, type AudioFormat, isAudioFormat } from "../audio/mod.ts";
import { SyrinxError } from "../errors.ts";
import { type EngineChoice, engineOptions, withEngine } from "./find-engine.ts";
import { valueOf } from "./send.ts";

interface SayFlags extends EngineChoice {
  voice?: string;
  speed?: number;
  output?: string;
  play?: boolean;
}

export function sayCommand(): Command {
  const command = new Command("say")
    .description("speak a text with the running engine, or with a private one")
    .argument("[text]", "what to say (default: standard input)")
    .option("--voice <id>", "voice id or alias (default: speech.defaultVoice; `syrinx voices` lists them)")
    .option("--speed <factor>", "0.25 to 4; 1 is the voice's own", speedFactor)
    .option("-o, --output <file>", "file to write: .wav, .mp3 or .pcm; - for standard output")
    .option("--play", "play it, through aplay, pw-play, ffplay or afplay");
  return engineOptions(command).action(async (text: string | undefined, flags: SayFlags) => {
    const output = flags.output ?? (flags.play || process.stdout.isTTY ? undefined : "-");
    if (flags.play && output !== undefined && extname(output) !== ".wav") {
      throw new SyrinxError("usage", `Cannot both play and write ${output}: --play goes with a .wav file`);
    }
    if (output === undefined && !flags.play) {
      throw new SyrinxError("usage", "Name where the sound goes: -o hello.wav, or --play");
    }
    const format = output === undefined || output === "-" ? "wav" : formatOf(output);
    if (output !== undefined && output !== "-") requireFolder(output);
    const input = text ?? (await Bun.stdin.text());
    if (input.trim() === "") {
      throw new SyrinxError(
        "usage",
        'There is nothing to say: give a text, as in syrinx say "Hello", or pipe one in',
      );
    }
    // A private engine loads no other voice than the one that speaks.
    await withEngine(flags, (client) => say(client, input, flags, output, format), { voicesOnDemand: true });
  });
}

/** @throws SyrinxError usage */
function requireFolder(file: string): void {
  const folder = dirname(resolve(file));
  if (existsSync(folder)) return;
  throw new SyrinxError("usage", `Cannot write ${file} because there is no folder ${folder}. Make it first`);
}

function formatOf(file: string): AudioFormat {
  const extension = extname(file).slice(1);
  if (isAudioFormat(extension)) return extension;
  const known = Object.keys(AUDIO_FORMATS).map((name) => `.${name}`);
  throw new SyrinxError("usage", `Cannot write ${file} because its name needs to end in ${known.join(", ")}`);
}

async function say(
  client: EngineClient,
  input: string,
  { voice, speed, play }: SayFlags,
  output: string | undefined,
  format: AudioFormat,
): Promise<void> {
  const began = performance.now();
  const request = speakText({
    input,
    response_format: format,
    ...(voice !== undefined && { voice }),
    ...(speed !== undefined && { speed }),
  });
  const response = valueOf(client, await client.stream(request));
  const chunks: Uint8Array[] = [];
  const meter = new WavMeter();
  let firstMs: number | undefined;
  for await (const chunk of bytesOf(response)) {
    firstMs ??= performance.now() - began;
    meter.add(chunk);
    chunks.push(chunk);
  }
  const ms = performance.now() - began;
  const audio = new Uint8Array(Buffer.concat(chunks));
  if (format === "wav") withWavSizes(audio);
  if (output === "-") {
    if (!(await writeOut(audio))) return;
  } else if (output !== undefined) await Bun.write(output, audio);
  const release = response.headers.get("X-Syrinx-Release");
  const told = [
    `${audio.byteLength} bytes`,
    ...(format === "wav" ? [`${meter.seconds.toFixed(2)} s of sound in ${(ms / 1000).toFixed(2)} s`] : []),
    `first sound after ${tookText(firstMs ?? 0)}`,
  ];
  console.error(
    `${output && output !== "-" ? `${output}: ` : ""}${told.join(", ")}; ${response.headers.get("X-Syrinx-Voice")} (${release})`,
  );
  if (play) await playWav(audio);
}

/** @returns false: whoever reads standard output wanted no more, as in `syrinx say ... | head` */
async function writeOut(audio: Uint8Array): Promise<boolean> {
  try {
    await Bun.write(Bun.stdout, audio);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EPIPE") return false;
    throw cause;
  }
}

/** @throws SyrinxError usage if there is no player, or it fails */
async function playWav(wav: Uint8Array): Promise<void> {
  const player = findPlayer();
  if (!player)
    throw new SyrinxError(
      "usage",
      `Cannot play the sound because none of ${PLAYER_NAMES} is installed. Write it with -o hello.wav`,
    );
  const playback = new Playback(player);
  playback.write(wav);
  const end = await playback.finish();
  if (end.code !== 0)
    throw new SyrinxError("usage", `${playerFailure(player, end)}. Write it with -o hello.wav`);
  if (end.complaint !== "") console.error(end.complaint);
}

function speedFactor(value: string): number {
  const speed = Number(value);
  if (speed >= 0.25 && speed <= 4) return speed;
  throw new InvalidArgumentError("A speed is a number from 0.25 to 4.");
}
