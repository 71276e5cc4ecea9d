import { EngineProcess, TONE_ONLY } from "../../support/engine-process.ts";
import { type Benchmark, interleave, ROUNDS, ratios } from "../benchmark.ts";
import { startHttpLoad } from "../load/parties.ts";
import { percentile, sampleOf, told } from "../statistics.ts";

const SLOT = "voices.tone";
/** So many ask at once that one is always waiting to be begun, and so few that they wait for little else. */
const CLIENTS = 2;
/** A round is longer than those of other rows by this: some swaps have to fit in. */
const LENGTHENED = 5;

export const routing: Benchmark = {
  name: "routing",
  summary:
    "longest time in which no new utterance was begun while a voice was swapped (blue-green), against no swaps",
  async run(options) {
    await using engine = await EngineProcess.start({ config: TONE_ONLY });
    await using load = startHttpLoad();
    const seconds = (LENGTHENED * options.seconds) / ROUNDS;
    const handOversMs: number[] = [];
    const usualMs: number[] = [];
    let swaps = 0;
    let utterances = 0;
    const begin = async () => {
      const seen = await load.ask("begin", { url: engine.url, voice: "tone", clients: CLIENTS, seconds });
      handOversMs.push(...seen.handOversMs);
      usualMs.push(seen.usualMs);
      utterances += seen.utterances;
      return seen.longestMs;
    };
    const { figures, note } = await interleave(options, {
      calm: begin,
      swapping: async () => {
        let over = false;
        const swapping = (async () => {
          while (!over) {
            const { stage } = await engine.swap(SLOT, { settings: { hertz: 400 + (swaps++ % 2) } });
            if (stage !== "done") throw new Error(`A swap is ${stage}: done is needed`);
          }
        })();
        const longest = await begin();
        over = true;
        await swapping;
        return longest;
      },
    });
    const ratio = sampleOf(ratios(figures.swapping, figures.calm));
    const [median, p95, most] = [50, 95, 100].map((percent) => percentile(handOversMs, percent));
    const usual = percentile(usualMs, 50);
    return [
      {
        row: "from one generation to the next",
        measured: `${median!.toFixed(2)} ms, p95 ${p95!.toFixed(1)} ms, most ${most!.toFixed(1)} ms; inside one generation ${usual.toFixed(2)} ms`,
        goal: "≤ 2 ms",
        ratio: (median! / usual).toFixed(2),
        notes: [
          `${handOversMs.length} swaps: from the first byte of the last utterance of one generation to that of the first of the next; ${CLIENTS} clients asked without a pause`,
        ],
        figures: { handOversMs, usualMs, utterances },
      },
      {
        row: "longest time without a new utterance",
        measured: `${told(sampleOf(figures.swapping), 1)} ms; without swaps ${told(sampleOf(figures.calm), 1)} ms`,
        goal: "-",
        ratio: told(ratio),
        notes: [note, "the whole of a swap, with what the new process takes of the cores while it starts"],
        figures: { ...figures, ratio },
      },
    ];
  },
};
