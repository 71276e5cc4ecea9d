import type { ConfigEvent, EngineEvent } from "../../../schemas/generated/event.ts";
import { EngineProcess } from "../../support/engine-process.ts";
import { EventReader } from "../../support/event-reader.ts";
import { type Benchmark, interleave, type Row, ratios } from "../benchmark.ts";
import { percentile, sampleOf, told } from "../statistics.ts";

const MODELS = ["en_US-slt-tiny", "en_US-rms-tiny"] as const;
/** Enough in one round for a median of its own. */
const CHANGES = 10;

const isApplied = (event: EngineEvent): event is ConfigEvent =>
  event.kind === "config" && event.outcome === "applied";

function config(model: string, lengthScale: number) {
  return { voices: { rms: null, slt: { plugin: "piper", model, settings: { lengthScale } } } };
}

export const configChange: Benchmark = {
  name: "config-change",
  summary: "from the config file saved to the config applied: settings alone, and a swap of the model",
  async run(options) {
    await using engine = await EngineProcess.start({ config: config(MODELS[0], 1) });
    await using events = await EventReader.open(engine.url);
    let change = 0;
    const present = { model: 0, lengthScale: 1 };
    const times = { settings: [] as number[][], swap: [] as number[][] };

    const several = async (one: () => Promise<number>): Promise<number[]> => {
      const taken: number[] = [];
      while (taken.length < CHANGES) taken.push(await one());
      return taken;
    };
    const save = async (): Promise<number> => {
      const start = performance.now();
      await engine.saveUnasked(config(MODELS[present.model]!, present.lengthScale));
      await events.until(isApplied);
      return performance.now() - start;
    };
    const median = (taken: readonly number[]) => percentile(taken, 50);

    const { figures, rounds, note } = await interleave(options, {
      settings: async (round) => {
        times.settings[round] = await several(() => {
          present.lengthScale = 0.9 + (++change % 100) / 1000;
          return save();
        });
        return median(times.settings[round]);
      },
      swap: async (round) => {
        times.swap[round] = await several(() => {
          present.model = 1 - present.model;
          return save();
        });
        return median(times.swap[round]);
      },
      request: async () => {
        const taken = await several(async () => {
          const { stages } = await engine.swap("voices.slt", { model: MODELS[present.model]! });
          return stages.find(({ stage }) => stage === "routed")!.elapsedMs;
        });
        return median(taken);
      },
    });

    const rowOf = (name: "settings" | "swap", what: string, goal: string): Row => {
      const all = rounds.flatMap((round) => times[name][round]!);
      return {
        row: `file saved → applied, ${what}`,
        measured: `p50 ${percentile(all, 50).toFixed(0)} ms, p95 ${percentile(all, 95).toFixed(0)} ms; a swap by request is routed in ${told(sampleOf(figures.request), 0)} ms`,
        goal,
        ratio: `${told(sampleOf(ratios(figures[name], figures.request)))} × a swap by request`,
        notes: [
          note,
          `${all.length} changes, from before the file is written to the event that tells of the version`,
        ],
        figures: { times: all, request: figures.request },
      };
    };
    return [rowOf("settings", "settings only", "-"), rowOf("swap", "with a swap", "-")];
  },
};
