import { EngineProcess } from "../../support/engine-process.ts";
import { residentMb } from "../../support/resident-memory.ts";
import { type Benchmark, interleave, ratios } from "../benchmark.ts";
import { HttpConnection, speechRequest } from "../load/http-connection.ts";
import { startBareVoice } from "../load/parties.ts";
import { sampleOf, told } from "../statistics.ts";

const INPUT = "The weather tomorrow will be cloudy.";

export const coldStart: Benchmark = {
  name: "cold-start",
  summary: "from the start of the engine, as it ships, to the first byte of speech, and its memory",
  async run(options) {
    // By the number of the round.
    const rssMb: number[] = [];
    const listeningMs: number[] = [];
    const { figures, rounds, note } = await interleave(options, {
      engineMs: (round) =>
        timed(async (start) => {
          await using engine = await EngineProcess.start();
          listeningMs[round] = performance.now() - start;
          const connection = await HttpConnection.open(engine.url);
          const body = { input: INPUT, voice: "slt", response_format: "wav" };
          const begun = performance.now();
          const { status, firstByteMs } = await connection.send(speechRequest(engine.url, body));
          if (status !== 200) throw new Error(`The engine answered with status ${status}: 200 is needed`);
          connection.close();
          rssMb[round] = residentMb(engine.pid);
          return begun + firstByteMs;
        }),
      bareMs: () =>
        timed(async () => {
          await using bare = await startBareVoice();
          await bare.ask("firstSegments", { count: 1, seed: 1 });
          return performance.now();
        }),
    });
    const { engineMs, bareMs } = figures;
    const counted = (values: readonly number[]) => rounds.map((round) => values[round]!);
    const [listening, rss] = [counted(listeningMs), counted(rssMb)];
    const ratio = sampleOf(ratios(engineMs, bareMs));
    return [
      {
        row: "cold start to first audio",
        measured: `${told(sampleOf(engineMs), 0)} ms; bare voice ${told(sampleOf(bareMs), 0)} ms`,
        goal: "≤ 1500 ms",
        ratio: `${told(ratio)} × bare`,
        notes: [
          note,
          `listening, with both shipped voices ready, after ${told(sampleOf(listening), 0)} ms`,
          `RSS of the core: ${told(sampleOf(rss), 0)} MB`,
        ],
        figures: { engineMs, bareMs, listeningMs: listening, rssMb: rss, ratio },
      },
    ];
  },
};

/** @param work returns when it was done, as `performance.now()` tells it */
async function timed(work: (start: number) => Promise<number>): Promise<number> {
  const start = performance.now();
  return (await work(start)) - start;
}
