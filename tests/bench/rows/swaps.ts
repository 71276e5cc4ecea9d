import { residentMb } from "../../support/resident-memory.ts";
import { type Benchmark, interleave, ROUNDS, ratios } from "../benchmark.ts";
import { CpuMeter } from "../cpu-time.ts";
import { startEngine, startHttpLoad, voicePid } from "../load/parties.ts";
import { percentile, sampleOf, told } from "../statistics.ts";

const CLIENTS = 8;
/** What the slot is swapped between: two models, so that a swap is never a matter of form. */
const MODELS = ["en_US-rms-tiny", "en_US-slt-tiny"];
/** A round is longer than those of other rows by this: some swaps have to fit in. */
const LENGTHENED = 5;

export const swaps: Benchmark = {
  name: "swaps",
  summary: "p99 of speech with a swap of its model after the other against the same without swaps",
  async run(options) {
    await using engine = await startEngine();
    await using load = startHttpLoad();
    const seconds = (LENGTHENED * options.seconds) / ROUNDS;
    const cpu = new CpuMeter({ core: engine.pid, client: load.pid });
    const seen = { swaps: 0, refused: 0, requests: 0, failed: 0 };
    const rss = [residentMb(engine.pid)];

    const speak = async (seed: number): Promise<number> => {
      const { times, failed } = await load.ask("times", { url: engine.url, clients: CLIENTS, seconds, seed });
      seen.requests += times.length + failed;
      seen.failed += failed;
      return percentile(times, 99);
    };
    const swapUntil = async (over: () => boolean): Promise<void> => {
      while (!over()) {
        const model = MODELS[seen.swaps % MODELS.length];
        const { stage } = await engine.swap("voices.slt", { model });
        if (stage === "done") seen.swaps++;
        else seen.refused++;
      }
    };
    const { figures, note } = await interleave(options, {
      calm: (round) => speak(round),
      swapping: async (round) => {
        let over = false;
        const swapping = swapUntil(() => over);
        const p99 = await cpu.during(() => speak(round));
        over = true;
        await swapping;
        rss.push(residentMb(engine.pid));
        return p99;
      },
    });
    const ratio = sampleOf(ratios(figures.swapping, figures.calm));
    return [
      {
        row: "p99 of speech under swaps",
        measured: `${told(sampleOf(figures.swapping), 0)} ms; without swaps ${told(sampleOf(figures.calm), 0)} ms`,
        goal: "≤ 1.5 × without swaps",
        ratio: told(ratio),
        notes: [
          note,
          `${seen.swaps} swaps, ${seen.refused} refused; the voice is now process ${await voicePid(engine)}`,
          `core RSS ${rss[0]?.toFixed(0)} MB at first, ${rss.at(-1)?.toFixed(0)} MB at last; cores in use: ${cpu}`,
        ],
        figures: { ...figures, ratio, ...seen, rss },
      },
      {
        row: "requests that failed under swaps",
        measured: `${seen.failed} of ${seen.requests}, in ${seen.swaps} swaps`,
        goal: "0",
        ratio: "-",
        notes: [],
        figures: seen,
      },
    ];
  },
};
