/**
 * A voice in many versions, good and bad, for tests of swaps: each has a pitch of its own, so that one hears who spoke.
 *
 * @module
 */
import type { Problem, SlotView } from "../../schemas/generated/api.ts";
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { EngineProcess, TONE_ONLY } from "./engine-process.ts";
import { addPlugin } from "./releases.ts";
import { toneHz } from "./tone.ts";
import { parseWav } from "./wav.ts";

export const BIRD = "voices.bird";

interface Version {
  hertz: number;
  /** What it does before it speaks anything but its probe. */
  sings?: string;
  loads?: string;
  /** Its snapshot and restore. */
  state?: string;
}

/** Version to what it is like. */
const BIRDS: Record<string, Version> = {
  "1.0.0": {
    hertz: 500,
    state: `snapshot: () => ({ songs }),
      restore(state) {
        if (state.songs === undefined) throw new Error("this is no song book of mine");
        songs = state.songs;
        console.log("knows " + songs + " songs");
      },`,
  },
  "2.0.0": {
    hertz: 800,
    state: `snapshot: () => ({ book: [songs] }),
      restore(state, from) {
        songs = state.songs ?? state.book[0];
        console.log("knows " + songs + " songs");
      },`,
  },
  // Good until it is asked to speak.
  "3.0.0": { hertz: 600, sings: `throw new Error("I have lost my voice");` },
  "4.0.0": { hertz: 600, sings: `process.exit(7);` },
  "5.0.0": { hertz: 600, loads: `throw new Error("I do not like this cage");` },
};

function source({ hertz, sings = "", loads = "", state = "" }: Version): string {
  return `import { voice } from "syrinx/sdk";
let songs = 0;
export default voice({
  async load() {
    ${loads}
    return {
      sampleRate: 16000,
      speakers: [{ id: "bird", language: "en" }],
      device: "cpu",
      async *speak({ text }) {
        if (!text.startsWith("1, 2")) { ${sings} songs++; }
        yield Float32Array.from({ length: 8000 }, (_, i) => 0.2 * Math.sin(${(2 * Math.PI * hertz) / 16_000} * i));
      },
      ${state}
    };
  },
});`;
}

/**
 * An engine whose voices run bird@1.0.0.
 *
 * @param names of the voices
 */
export function startBirds(
  swap: object = {},
  voice: object = {},
  names: readonly string[] = ["bird"],
): Promise<EngineProcess> {
  const bird = { plugin: "bird@1.0.0", ...voice };
  return EngineProcess.start({
    async prepare(home) {
      for (const [version, what] of Object.entries(BIRDS))
        await addPlugin(home, { name: "bird", version }, source(what));
    },
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, ...Object.fromEntries(names.map((name) => [name, bird])) },
      swap,
    },
  });
}

export interface Song {
  status: number;
  generation: number;
  /** Of whom has spoken; 0 if nobody has. */
  hertz: number;
}

/**
 * Engines whose birds are used up one by one: each test has a bird of its own, to which nothing has happened, and no engine of
 * its own.
 */
export class Aviary implements AsyncDisposable {
  #used = 0;

  private constructor(
    readonly engine: EngineProcess,
    private readonly names: readonly string[],
  ) {}

  /** @param count how many birds, at least as many as there are tests */
  static async open(count: number, swap: object = {}): Promise<Aviary> {
    const names = Array.from({ length: count }, (_, index) => `bird-${index + 1}`);
    return new Aviary(await startBirds(swap, {}, names), names);
  }

  /** @throws Error if there are more tests than birds */
  bird(): Bird {
    const name = this.names[this.#used++];
    if (name === undefined) throw new Error(`There are only ${this.names.length} birds`);
    return new Bird(this.engine, name);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.engine[Symbol.asyncDispose]();
  }
}

/** One voice of an engine. */
export class Bird {
  constructor(
    readonly engine: EngineProcess,
    readonly name: string,
  ) {}

  get slot(): string {
    return `voices.${this.name}`;
  }

  view(): Promise<SlotView> {
    return this.engine.slot(this.slot);
  }

  /** Asks until `is` holds of its slot. @throws Error with the slot as it is after 30 s */
  until(is: (slot: SlotView) => boolean): Promise<SlotView> {
    return this.engine.slotUntil(this.slot, is);
  }

  swap(change: object): Promise<SwapRecord> {
    return this.engine.swap(this.slot, change);
  }

  sing(): Promise<Song> {
    return sing(this.engine, this.name);
  }

  act(action: string): Promise<SwapRecord & Problem> {
    return act(this.engine, action, this.slot);
  }

  /** Resolves with the first line of the log about it, past or to come, that holds `text`. */
  logged(text: string): Promise<string> {
    return this.engine.loggedOf(this.slot, text);
  }
}

/** Has something spoken. A stream that breaks has status 0. */
export async function sing(engine: EngineProcess, voice = "bird"): Promise<Song> {
  const response = await engine.post("/v1/audio/speech", { input: "Sing.", voice, response_format: "wav" });
  const { status, headers } = response;
  const generation = Number(headers.get("X-Syrinx-Generation"));
  try {
    const bytes = await response.bytes();
    return { status, generation, hertz: status === 200 ? Math.round(toneHz(parseWav(bytes))) : 0 };
  } catch {
    return { status: 0, generation, hertz: 0 };
  }
}

export function act(engine: EngineProcess, action: string, slot = BIRD): Promise<SwapRecord & Problem> {
  return engine.post(`/control/slots/${slot}/${action}`).then((response) => response.json()) as Promise<
    SwapRecord & Problem
  >;
}

/** @returns pid of the process that serves */
export function pidOf({ instances }: SlotView): number {
  return instances[0]?.pid ?? 0;
}

export const stagesOf = ({ stages }: SwapRecord) => stages.map(({ stage }) => stage);
