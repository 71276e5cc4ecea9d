import type { SwapRecord } from "../../../schemas/generated/swap.ts";
import { EngineProcess } from "../../support/engine-process.ts";
import { type Benchmark, interleave, type Row, ratios } from "../benchmark.ts";
import { addPaddedModel } from "../load/padded-model.ts";
import { MODEL, startBareVoiceOf } from "../load/parties.ts";
import { sampleOf, told } from "../statistics.ts";

/** What the shipped model is made heavier by, in MiB. */
const SIZES = [0, 50, 200];
const STAGES = ["starting", "loading", "restoring", "probing"] as const;

export const loadTime: Benchmark = {
  name: "load-time",
  summary:
    "from the order of a swap to the new model serving, by its size and by stage, against the bare voice",
  async run(options) {
    const directories: string[] = [];
    await using engine = await EngineProcess.start({
      prepare: async (home) => {
        for (const [index, mib] of SIZES.entries())
          directories.push(await addPaddedModel(home, versionOf(index), mib * 2 ** 20));
      },
      config: {
        voices: { rms: null, slt: { plugin: "piper", model: `${MODEL.name}@1.0.0`, device: "cpu" } },
      },
    });
    const rows: Row[] = [];
    for (const [index, mib] of SIZES.entries()) {
      const model = { name: MODEL.name, directory: directories[index]! };
      const stages = STAGES.map((): number[] => []);
      const { figures, rounds, note } = await interleave(options, {
        engine: async (round) => {
          const record = await engine.swap("voices.slt", { model: `${MODEL.name}@${versionOf(index)}` });
          if (record.stage !== "done") throw new Error(`A swap is ${record.stage}: ${record.error?.message}`);
          for (const [at, stage] of STAGES.entries()) stages[at]![round] = timeIn(record, stage);
          return atStage(record, "routed");
        },
        bare: async () => {
          const start = performance.now();
          await using bare = await startBareVoiceOf(model);
          await bare.ask("firstSegments", { count: 1, seed: 1 });
          return performance.now() - start;
        },
      });
      const counted = stages.map((times) => sampleOf(rounds.map((round) => times[round]!)));
      const file = Bun.file(`${model.directory}/${model.name}.onnx`);
      const told0 = (ms: number) => ms.toFixed(0);
      rows.push({
        row: `swap to a model of ${told0(file.size / 1e6)} MB`,
        measured: `${told(sampleOf(figures.engine), 0)} ms; bare voice ${told(sampleOf(figures.bare), 0)} ms`,
        goal: "-",
        ratio: told(sampleOf(ratios(figures.engine, figures.bare))),
        notes: [
          note,
          STAGES.map((stage, at) => `${stage} ${told0(counted[at]!.median)} ms`).join(", ") +
            `; the first time, which hashes its files: starting ${told0(stages[0]![0]!)} ms`,
        ],
        figures: {
          ...figures,
          mib,
          stages: Object.fromEntries(STAGES.map((name, at) => [name, stages[at]])),
        },
      });
    }
    return rows;
  },
};

function versionOf(index: number): string {
  return `2.0.${index}`;
}

/** @returns ms from the order to a stage */
function atStage({ stages }: SwapRecord, wanted: SwapRecord["stage"]): number {
  return stages.find(({ stage }) => stage === wanted)!.elapsedMs;
}

/** @returns ms from a stage to the one after it */
function timeIn({ stages }: SwapRecord, wanted: SwapRecord["stage"]): number {
  const index = stages.findIndex(({ stage }) => stage === wanted);
  return stages[index + 1]!.elapsedMs - stages[index]!.elapsedMs;
}
