import { join } from "node:path";
import { type Benchmark, interleave, ROUNDS, type Row, ratios } from "../benchmark.ts";
import { Child } from "../load/child.ts";
import { MODEL, startBareVoice, startEngine, startHttpLoad } from "../load/parties.ts";
import { findSherpa, SHERPA_VERSION } from "../sherpa/install.ts";
import type { SherpaVoice } from "../sherpa/sherpa-voice.ts";
import { sampleOf, told } from "../statistics.ts";

const CLIENTS = 16;

const ROW = { goal: "≥ 1.0 × its speed", notes: [], figures: {} };

export const sherpa: Benchmark = {
  name: "sherpa",
  summary: `speed of speech against sherpa-onnx ${SHERPA_VERSION} with the same voice on one thread`,
  async run(options) {
    options.progress("getting sherpa-onnx");
    const found = await findSherpa();
    if ("skipped" in found)
      return [{ ...ROW, row: "against sherpa-onnx", measured: `skipped: ${found.skipped}`, ratio: "-" }];
    await using theirs = new Child<SherpaVoice>(join(import.meta.dir, "../sherpa/sherpa-voice.ts"), {
      LD_LIBRARY_PATH: found.libraries,
    });
    await theirs.ask("load", {
      module: found.module,
      model: join(MODEL.directory, `${MODEL.name}.onnx`),
      tokens: join(MODEL.directory, "tokens.txt"),
      dataDir: found.espeakData,
    });
    await using engine = await startEngine();
    await using load = startHttpLoad();
    await using bare = await startBareVoice();
    const seconds = options.seconds / ROUNDS;
    const { figures, note } = await interleave(options, {
      sherpaOnnx: (seed) => theirs.ask("speak", { seconds, seed }),
      bareVoice: (seed) => bare.ask("speak", { seconds, seed }),
      http: (seed) => load.ask("speak", { url: engine.url, clients: CLIENTS, seconds, seed }),
    });
    const { sherpaOnnx, bareVoice, http } = figures;
    const measured = (side: readonly number[]) =>
      `${told(sampleOf(side), 0)} s of audio a second; sherpa-onnx ${told(sampleOf(sherpaOnnx), 0)}`;
    const side = (name: string, figure: readonly number[]): Row => ({
      ...ROW,
      row: `against sherpa-onnx, ${name}`,
      measured: measured(figure),
      ratio: told(sampleOf(ratios(figure, sherpaOnnx))),
      notes: [note],
      figures,
    });
    return [side("over HTTP", http), side("bare voice", bareVoice)];
  },
};
