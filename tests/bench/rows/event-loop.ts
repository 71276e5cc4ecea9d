import { join } from "node:path";
import { type Benchmark, ROUNDS, type Row } from "../benchmark.ts";
import { CpuMeter } from "../cpu-time.ts";
import type { BareServer } from "../load/bare-server.ts";
import { Child } from "../load/child.ts";
import { startEngine, startHttpLoad, voicePid } from "../load/parties.ts";
import { withOtherLoad } from "../other-load.ts";
import { percentile } from "../statistics.ts";

const CLIENTS = 16;
/** Answers from memory, without any work. */
const PATH = "/healthz";
/** From one answer to the next request, in ms. */
const PAUSE_MS = 3;
const FORMATS = ["mp3", "pcm"] as const;
const GOAL_MS = 5;

/**
 * How long the core's event loop keeps a request waiting, seen from outside: one small request after another beside the
 * load. Where all cores are busy, a process that does nothing has to wait for a core, too. So the same requests are made to a
 * server that only answers them, beside the same load at the same time.
 */
export const eventLoop: Benchmark = {
  name: "event-loop",
  summary: `GET ${PATH} beside speech of ${CLIENTS} clients, and to a bare server at the same time`,
  async run({ seconds, progress }) {
    await using engine = await startEngine();
    await using load = startHttpLoad();
    await using probe = startHttpLoad();
    await using bareProbe = startHttpLoad();
    await using bare = new Child<BareServer>(join(import.meta.dir, "../load/bare-server.ts"));
    const bareUrl = await bare.ask("listen", { body: await (await fetch(engine.url + PATH)).text() });
    const cpu = new CpuMeter({ core: engine.pid, plugin: await voicePid(engine) });
    const round = seconds / ROUNDS;
    const answers = async (busy: Promise<unknown>) => {
      const request = { path: PATH, seconds: round, pauseMs: PAUSE_MS };
      const [core, server] = await Promise.all([
        probe.ask("answerTimes", { ...request, url: engine.url }),
        bareProbe.ask("answerTimes", { ...request, url: bareUrl }),
        busy,
      ]);
      return { core, server };
    };
    const rows: Row[] = [];
    for (const format of FORMATS) {
      const times = { rest: [] as number[], core: [] as number[], server: [] as number[], otherCores: 0 };
      for (let seed = 0; seed <= ROUNDS; seed++) {
        progress(`${format}, round ${seed} of ${ROUNDS}`);
        const rest = await answers(Promise.resolve());
        const speech = { url: engine.url, clients: CLIENTS, seconds: round, seed, format };
        const { result, otherCores } = await withOtherLoad(() =>
          cpu.during(() => answers(load.ask("speak", speech))),
        );
        if (seed === 0) continue;
        times.rest.push(...rest.core);
        times.core.push(...result.core);
        times.server.push(...result.server);
        times.otherCores = Math.max(times.otherCores, otherCores);
      }
      rows.push(row(format, times, `${cpu}`));
    }
    return rows;
  },
};

interface Times {
  /** Of the core at rest, in ms. */
  rest: number[];
  /** Of the core under load, in ms. */
  core: number[];
  /** Of the bare server beside the same load, in ms. */
  server: number[];
  /** The most cores that other processes used in a round. */
  otherCores: number;
}

function row(format: string, { rest, core, server, otherCores }: Times, cores: string): Row {
  const [ms, bareMs, restMs] = [core, server, rest].map((times) => percentile(times, 99)) as [
    number,
    number,
    number,
  ];
  const told = (times: number[]) =>
    `p50 ${percentile(times, 50).toFixed(2)}, p95 ${percentile(times, 95).toFixed(2)}, most ${Math.max(...times).toFixed(1)} ms`;
  return {
    row: `event loop under load, ${format}, p99`,
    measured: `${ms.toFixed(1)} ms; at rest ${restMs.toFixed(1)} ms; bare server beside the load ${bareMs.toFixed(1)} ms`,
    goal: `≤ ${GOAL_MS} ms`,
    ratio: `${(ms / bareMs).toFixed(2)} (${ms < bareMs ? "-" : "+"}${Math.abs(ms - bareMs).toFixed(1)} ms)`,
    notes: [
      `core ${told(core)}; bare server ${told(server)}; ${core.length} requests`,
      `cores in use: ${cores}; others used ${otherCores.toFixed(2)} cores at most`,
    ],
    figures: { ms, bareMs, restMs, requests: core.length, otherCores },
  };
}
