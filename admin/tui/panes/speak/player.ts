/** A program that plays a wav from standard input as it comes, and its arguments. */
export type Player = readonly [program: string, ...args: string[]];

const PLAYERS: readonly Player[] = [
  ["aplay", "-q", "-"],
  ["pw-play", "-"],
  ["ffplay", "-v", "error", "-nodisp", "-autoexit", "-i", "-"],
  ["afplay", "/dev/stdin"],
];

export const PLAYER_NAMES = PLAYERS.map(([program]) => program).join(", ");

/** @returns the first that is installed on this machine */
export function findPlayer(): Player | undefined {
  return PLAYERS.find(([program]) => Bun.which(program));
}
