/**
 * Clients that listen to a healthy voice at a steady pace, and measure it.
 *
 * @module
 */
import type { EngineProcess } from "../../support/engine-process.ts";

const CLIENTS = 4;
/** From one request of a client to its next one, in ms. All together they ask 80 times in a second. */
const PERIOD_MS = 50;
const REQUEST = { input: "The birch canoe slid on the planks.", voice: "tone", response_format: "wav" };

export class SteadyLoad implements AsyncDisposable {
  /** Of each request, ms from when it was due to the last byte of its answer. */
  readonly #latencies: number[] = [];
  /** What was wrong with answers, one each. */
  readonly failures: string[] = [];
  #expected: bigint | number | undefined;
  #running: Promise<void>[] = [];
  #over = false;

  constructor(private readonly engine: EngineProcess) {}

  start(): void {
    this.#running = Array.from({ length: CLIENTS }, (_, own) => this.#client((own * PERIOD_MS) / CLIENTS));
  }

  /** @returns how long the requests took that ended while `play` did, in ms */
  async during(play: () => Promise<void>): Promise<number[]> {
    const from = this.#latencies.length;
    await play();
    return this.#latencies.slice(from);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true;
    await Promise.all(this.#running);
  }

  async #client(offset: number): Promise<void> {
    const began = performance.now() + offset;
    for (let n = 0; !this.#over; n++) {
      const due = began + n * PERIOD_MS;
      // The pace is what makes the load steady. Who is late asks at once: the time that it has waited counts.
      await Bun.sleep(Math.max(0, due - performance.now()));
      await this.#ask().catch((error) => this.failures.push(String(error)));
      this.#latencies.push(performance.now() - due);
    }
  }

  /** The voice has no noise, so each answer has the same bytes. */
  async #ask(): Promise<void> {
    const response = await this.engine.post("/v1/audio/speech", REQUEST);
    if (!response.ok) throw new Error(`status ${response.status}: ${await response.text()}`);
    const heard = Bun.hash(await response.bytes());
    this.#expected ??= heard;
    if (heard !== this.#expected) throw new Error("The answer has other bytes than the first one");
  }
}

/** @returns the value that 95 % of `values` do not exceed */
export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
