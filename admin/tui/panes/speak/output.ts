/**
 * Where the sound of an utterance goes: a player on this machine, a file, or nowhere.
 *
 * @module
 */
import { type FileHandle, open, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { join, parse, resolve } from "node:path";
import { type Outcome, withWavSizes } from "../../../client/mod.ts";
import { Playback, type Player, playerFailure } from "../../../client/terminal/mod.ts";
import type { Destination } from "./speak-state.ts";

export interface Output {
  write(bytes: Uint8Array): void;
  /** Ends the sound. A player plays it to its end first. @returns where the sound went, in words */
  finish(): Promise<Outcome<string>>;
  /** Drops the sound; a file is removed. */
  discard(): Promise<void>;
}

/** @returns where to write the sound, as a wav of unknown size. A file is created at once, so that a wrong name fails early */
export async function openOutput(to: Destination, player: Player | undefined): Promise<Outcome<Output>> {
  if (to.kind === "file") return WavFile.open(to.name);
  return { ok: true, value: to.kind === "play" && player ? new Played(player) : NOWHERE };
}

const NOWHERE: Output = {
  write() {},
  finish: async () => ({ ok: true, value: "only measured" }),
  discard: async () => {},
};

class Played implements Output {
  #playback: Playback | undefined;

  constructor(private readonly player: Player) {}

  write(bytes: Uint8Array): void {
    // Started only when there is something to hear, because the engine may refuse the utterance.
    this.#playback ??= new Playback(this.player);
    this.#playback.write(bytes);
  }

  async finish(): Promise<Outcome<string>> {
    if (!this.#playback) return { ok: true, value: "nothing to play" };
    const end = await this.#playback.finish();
    if (end.code === 0) {
      // ffplay ends with code 0 even without a sound card. The last line that it writes says what happened.
      const last = end.complaint.split("\n").at(-1) ?? "";
      return {
        ok: true,
        value: `played through ${this.player[0]}${last === "" ? "" : `, which says: ${last}`}`,
      };
    }
    const message = playerFailure(this.player, end);
    return { ok: false, error: { code: "not-played", message, details: ["Save it to a file instead"] } };
  }

  async discard(): Promise<void> {
    await this.#playback?.stop();
  }
}

class WavFile implements Output {
  readonly #pieces: Uint8Array[] = [];

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  /** Never overwrites a file: it tries -2, -3 and so on. */
  static async open(name: string): Promise<Outcome<Output>> {
    const path = resolve(name.replace(/^~(?=\/)/, homedir()));
    const { dir, name: stem, ext } = parse(path);
    for (let number = 1; ; number++) {
      const free = number === 1 ? path : join(dir, `${stem}-${number}${ext}`);
      try {
        return { ok: true, value: new WavFile(free, await open(free, "wx")) };
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== "EEXIST") return notWritten(free, cause);
      }
    }
  }

  write(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
  }

  async finish(): Promise<Outcome<string>> {
    try {
      await this.file.writeFile(withWavSizes(Buffer.concat(this.#pieces)));
      await this.file.close();
      return { ok: true, value: `saved as ${this.path}` };
    } catch (cause) {
      await this.discard();
      return notWritten(this.path, cause);
    }
  }

  async discard(): Promise<void> {
    await this.file.close().catch(() => {});
    await rm(this.path, { force: true });
  }
}

function notWritten(path: string, cause: unknown): Outcome<never> {
  const why = cause instanceof Error ? cause.message : String(cause);
  return { ok: false, error: { code: "not-written", message: `Cannot write ${path}: ${why}`, details: [] } };
}
