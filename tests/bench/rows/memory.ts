import { growthMb } from "../../soak/promises.ts";
import { soak, WARM_UP_SWAPS } from "../../soak/soak.ts";
import type { Benchmark } from "../benchmark.ts";

const CLIENTS = 16;
const SWAPS_PER_SECOND = 10;
const REST_MS = 20_000;

export const memory: Benchmark = {
  name: "memory",
  summary: "growth of the core's memory over swaps under load, at rest (see also bun run soak)",
  async run({ seconds, progress }) {
    const swaps = WARM_UP_SWAPS + Math.ceil(SWAPS_PER_SECOND * seconds);
    const result = await soak({
      swaps,
      clients: CLIENTS,
      restMs: REST_MS,
      progress: (done, requests) => progress(`${done} of ${swaps} swaps, ${requests} requests`),
    });
    const { memoryMb, requests, failures } = result;
    const points = memoryMb.map(({ swaps: after, mb }) => `${mb.toFixed(0)} MB after ${after}`);
    const growth = growthMb(result) ?? 0;
    return [
      {
        row: "growth of the core under swaps",
        measured: `${growth.toFixed(1)} MB from swap ${memoryMb[0]?.swaps} to ${swaps}`,
        goal: "≤ 10 MB in 300 swaps",
        ratio: "-",
        notes: [`RSS at rest: ${points.join(", ")}; ${requests} requests, ${failures.length} failed`],
        figures: { memoryMb, requests },
      },
    ];
  },
};
