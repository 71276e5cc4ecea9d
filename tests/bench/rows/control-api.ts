import { join } from "node:path";
import { EngineProcess } from "../../support/engine-process.ts";
import { type Benchmark, interleave, ROUNDS, ratios } from "../benchmark.ts";
import { CpuMeter } from "../cpu-time.ts";
import type { BareServer } from "../load/bare-server.ts";
import { Child } from "../load/child.ts";
import { startHttpLoad } from "../load/parties.ts";
import { sampleOf, told } from "../statistics.ts";

const PATH = "/control/slots";
const CLIENTS = 16;

export const controlApi: Benchmark = {
  name: "control-api",
  summary: `GET ${PATH} a second against a server that answers the same bytes from memory`,
  async run(options) {
    await using engine = await EngineProcess.start();
    await using load = startHttpLoad();
    await using bare = new Child<BareServer>(join(import.meta.dir, "../load/bare-server.ts"));
    const body = await (await fetch(engine.url + PATH)).text();
    const bareUrl = await bare.ask("listen", { body });
    const cpu = new CpuMeter({ core: engine.pid, client: load.pid });
    const seconds = options.seconds / ROUNDS;
    const get = (url: string) => load.ask("get", { url, path: PATH, clients: CLIENTS, seconds });
    const { figures, note } = await interleave(options, {
      slots: () => cpu.during(() => get(engine.url)),
      static: () => get(bareUrl),
    });
    const { slots, static: same } = figures;
    const ratio = sampleOf(ratios(slots, same));
    return [
      {
        row: `GET ${PATH}`,
        measured: `${told(sampleOf(slots), 0)} /s; same bytes from memory ${told(sampleOf(same), 0)} /s`,
        goal: "≥ 10000 /s",
        ratio: `${told(ratio)} × static`,
        notes: [note, `${Buffer.byteLength(body)} bytes an answer; cores in use: ${cpu}`],
        figures: { slots, static: same, ratio, cores: cpu.cores },
      },
    ];
  },
};
