import type { Benchmark, Row } from "../benchmark.ts";
import { startBareVoice, startEngine, startHttpLoad } from "../load/parties.ts";
import { percentile } from "../statistics.ts";

/** Requests that each side makes in turn; the first of a process are left out. */
const BLOCK = 10;
const WARM_UP_BLOCKS = 2;
/** About as many as a second allows, as each is read to its end. */
const REQUESTS_PER_SECOND = 20;
const FORMATS = ["wav", "mp3"] as const;

export const firstAudio: Benchmark = {
  name: "first-audio",
  summary: "time to the first audio byte over HTTP against the bare voice's first segment",
  async run({ seconds, progress }) {
    await using engine = await startEngine();
    await using load = startHttpLoad();
    await using bare = await startBareVoice();
    const times = { bare: [] as number[], wav: [] as number[], mp3: [] as number[] };
    const blocks = Math.max(1, Math.round((seconds * REQUESTS_PER_SECOND) / BLOCK));
    for (let seed = 1 - WARM_UP_BLOCKS; seed <= blocks; seed++) {
      progress(`block ${Math.max(0, seed)} of ${blocks}`);
      const of = {
        wav: await load.ask("firstBytes", { url: engine.url, format: "wav", count: BLOCK, seed }),
        bare: await bare.ask("firstSegments", { count: BLOCK, seed }),
        mp3: await load.ask("firstBytes", { url: engine.url, format: "mp3", count: BLOCK, seed }),
      };
      if (seed < 1) continue;
      for (const side of ["bare", ...FORMATS] as const) times[side].push(...of[side]);
    }
    return FORMATS.flatMap((format) =>
      [50, 95].map((percent) => row(format, percent, times[format], times.bare)),
    );
  },
};

function row(format: string, percent: number, http: readonly number[], bare: readonly number[]): Row {
  const ms = percentile(http, percent);
  const bareMs = percentile(bare, percent);
  return {
    row: `first audio byte, ${format}, p${percent}`,
    measured: `${ms.toFixed(1)} ms; bare ${bareMs.toFixed(1)} ms`,
    goal: `≤ 1.15 × bare + 5 ms = ${(1.15 * bareMs + 5).toFixed(1)} ms`,
    ratio: `${(ms / bareMs).toFixed(2)} (${ms < bareMs ? "-" : "+"}${Math.abs(ms - bareMs).toFixed(1)} ms)`,
    notes: [],
    figures: { ms, bareMs, requests: http.length },
  };
}
