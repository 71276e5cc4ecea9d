/** A program that plays a wav from standard input as it comes, and its arguments. */
export type Player = readonly [program: string, ...args: string[]];

const PLAYERS: readonly Player[] = [
  ["aplay", "-q", "-"],
  ["pw-play", "-"],
  ["ffplay", "-v", "error", "-nodisp", "-autoexit", "-i", "-"],
  ["afplay", "/dev/stdin"],
];

/** For messages. */
export const PLAYER_NAMES = PLAYERS.map(([program]) => program).join(", ");

/** @returns the first player that is installed on this machine */
export function findPlayer(): Player | undefined {
  return PLAYERS.find(([program]) => Bun.which(program));
}

/** How a player ended. */
export interface PlayerEnd {
  /** Exit code; 0: the player says that all was played. */
  readonly code: number;
  /** What it wrote to standard error, trimmed. */
  readonly complaint: string;
}

/** A player while it runs. */
export class Playback {
  readonly #process: Bun.Subprocess<"pipe", "ignore", "pipe">;
  readonly #complaint: Promise<string>;

  constructor(player: Player) {
    this.#process = Bun.spawn([...player], { stdio: ["pipe", "ignore", "pipe"] });
    this.#complaint = new Response(this.#process.stderr).text();
  }

  /** Gives the player the next bytes of the wav. */
  write(bytes: Uint8Array): void {
    // A player that has ended takes no more. Its exit code says so.
    void Promise.resolve(this.#process.stdin.write(bytes)).catch(() => {});
  }

  /** Waits until all that was written has been played. */
  async finish(): Promise<PlayerEnd> {
    await Promise.resolve(this.#process.stdin.end()).catch(() => {});
    const code = await this.#process.exited;
    return { code, complaint: (await this.#complaint).trim() };
  }

  /** Ends the player at once. */
  async stop(): Promise<void> {
    this.#process.kill();
    await this.#process.exited;
  }
}

/** @returns why a player could not play a wav, in one line */
export function playerFailure([program]: Player, { code, complaint }: PlayerEnd): string {
  return `Cannot play the sound because ${program} ended with code ${code}${complaint === "" ? "" : `: ${complaint}`}`;
}
