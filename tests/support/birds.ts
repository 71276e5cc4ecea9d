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

interface Bird {
  hertz: number;
  /** What it does before it speaks anything but its probe. */
  sings?: string;
  loads?: string;
  /** Its snapshot and restore. */
  state?: string;
}

/** Version to what it is like. */
const BIRDS: Record<string, Bird> = {
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

function source({ hertz, sings = "", loads = "", state = "" }: Bird): string {
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

/** An engine whose voice `bird` runs bird@1.0.0. */
export function startBirds(swap: object = {}, voice: object = {}): Promise<EngineProcess> {
  return EngineProcess.start({
    async prepare(home) {
      for (const [version, bird] of Object.entries(BIRDS))
        await addPlugin(home, { name: "bird", version }, source(bird));
    },
    config: {
      ...TONE_ONLY,
      voices: { ...TONE_ONLY.voices, bird: { plugin: "bird@1.0.0", ...voice } },
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

/** Has something spoken. A stream that breaks has status 0. */
export async function sing(engine: EngineProcess, input = "Sing."): Promise<Song> {
  const response = await engine.post("/v1/audio/speech", { input, voice: "bird", response_format: "wav" });
  const { status, headers } = response;
  const generation = Number(headers.get("X-Syrinx-Generation"));
  try {
    const bytes = await response.bytes();
    return { status, generation, hertz: status === 200 ? Math.round(toneHz(parseWav(bytes))) : 0 };
  } catch {
    return { status: 0, generation, hertz: 0 };
  }
}

export function act(engine: EngineProcess, action: string, query = ""): Promise<SwapRecord & Problem> {
  return engine
    .post(`/control/slots/${BIRD}/${action}${query}`)
    .then((response) => response.json()) as Promise<SwapRecord & Problem>;
}

/** @returns pid of the process that serves */
export function pidOf({ instances }: SlotView): number {
  return instances[0]?.pid ?? 0;
}

export const stagesOf = ({ stages }: SwapRecord) => stages.map(({ stage }) => stage);
