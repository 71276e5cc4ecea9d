import { type Benchmark, interleave, ROUNDS, ratios } from "../benchmark.ts";
import { CpuMeter } from "../cpu-time.ts";
import { startBareVoice, startEngine, startHttpLoad, voicePid } from "../load/parties.ts";
import { sampleOf, told } from "../statistics.ts";

const CLIENTS = 16;

export const throughput: Benchmark = {
  name: "throughput",
  summary: `seconds of audio a second over HTTP (pcm, ${CLIENTS} clients) against the bare voice`,
  async run(options) {
    await using engine = await startEngine();
    await using load = startHttpLoad();
    await using bare = await startBareVoice();
    const cpu = new CpuMeter({ core: engine.pid, plugin: await voicePid(engine), client: load.pid });
    const bareCpu = new CpuMeter({ "bare voice": bare.pid });
    const seconds = options.seconds / ROUNDS;
    const { figures, note } = await interleave(options, {
      http: (seed) =>
        cpu.during(() => load.ask("speak", { url: engine.url, clients: CLIENTS, seconds, seed })),
      bareVoice: (seed) => bareCpu.during(() => bare.ask("speak", { seconds, seed })),
    });
    const { http, bareVoice } = figures;
    const ratio = sampleOf(ratios(http, bareVoice));
    return [
      {
        row: "throughput over HTTP",
        measured: `${told(sampleOf(http), 0)} s of audio a second; bare ${told(sampleOf(bareVoice), 0)}`,
        goal: "≥ 0.95 × bare",
        ratio: told(ratio),
        notes: [note, `cores in use: ${cpu}; ${bareCpu}`],
        figures: { http, bare: bareVoice, ratio, cores: { ...cpu.cores, ...bareCpu.cores } },
      },
    ];
  },
};
