import { SyrinxError } from "../errors.ts";

/** Programs that play a wav from standard input. */
const PLAYERS: readonly (readonly [string, ...string[]])[] = [
  ["aplay", "-q", "-"],
  ["pw-play", "-"],
  ["ffplay", "-v", "error", "-nodisp", "-autoexit", "-i", "-"],
  ["afplay", "/dev/stdin"],
];

/**
 * Plays a wav on this machine, with the first player that is there.
 *
 * @throws SyrinxError usage if there is none, or it fails
 */
export async function playWav(wav: Uint8Array): Promise<void> {
  const player = PLAYERS.find(([program]) => Bun.which(program));
  if (!player) {
    throw new SyrinxError(
      "usage",
      `Cannot play the sound as none of ${PLAYERS.map(([program]) => program).join(", ")} is installed. Write it with -o hello.wav`,
    );
  }
  const code = await Bun.spawn([...player], { stdin: wav, stdout: "ignore", stderr: "inherit" }).exited;
  if (code !== 0)
    throw new SyrinxError(
      "usage",
      `Cannot play the sound as ${player[0]} ended with code ${code}. Write it with -o hello.wav`,
    );
}
