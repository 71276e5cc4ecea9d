import { type Benchmark, type BenchmarkOptions, interleave, ROUNDS, type Row, ratios } from "../benchmark.ts";
import { CpuMeter } from "../cpu-time.ts";
import { startBareVoice, startEngine, startHttpLoad, voicePid } from "../load/parties.ts";
import { sampleOf, told } from "../statistics.ts";

const CLIENTS = 16;
const GOALS = { pcm: 0.95, mp3: 0.93 };

export const throughput: Benchmark = {
  name: "throughput",
  summary: `seconds of audio a second over HTTP (pcm and mp3, ${CLIENTS} clients) against the bare voice`,
  async run(options) {
    return [await measure(options, "pcm"), await measure(options, "mp3")];
  },
};

/** Measures one format. The bare voice encodes mp3, too; pcm it leaves as samples. */
async function measure(options: BenchmarkOptions, format: "pcm" | "mp3"): Promise<Row> {
  await using engine = await startEngine();
  await using load = startHttpLoad();
  await using bare = await startBareVoice();
  const cpu = new CpuMeter({ core: engine.pid, plugin: await voicePid(engine), client: load.pid });
  const bareCpu = new CpuMeter({ "bare voice": bare.pid });
  const seconds = options.seconds / ROUNDS;
  const encodeMp3 = format === "mp3";
  const { figures, note } = await interleave(options, {
    http: (seed) =>
      cpu.during(() => load.ask("speak", { url: engine.url, clients: CLIENTS, seconds, seed, format })),
    bareVoice: (seed) => bareCpu.during(() => bare.ask("speak", { seconds, seed, encodeMp3 })),
  });
  const { http, bareVoice } = figures;
  const ratio = sampleOf(ratios(http, bareVoice));
  return {
    row: `throughput over HTTP, ${format}`,
    measured: `${told(sampleOf(http), 0)} s of audio a second; bare ${told(sampleOf(bareVoice), 0)}`,
    goal: `≥ ${GOALS[format]} × bare`,
    ratio: told(ratio),
    notes: [note, `cores in use: ${cpu}; ${bareCpu}`],
    figures: { http, bare: bareVoice, ratio, cores: { ...cpu.cores, ...bareCpu.cores } },
  };
}
