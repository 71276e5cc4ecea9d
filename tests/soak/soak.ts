/**
 * Swaps one voice again and again while clients listen to it, and counts what was promised and what came of it.
 *
 * @module
 */
import type { SwapRecord } from "../../schemas/generated/swap.ts";
import { EngineProcess, SLT_ONLY } from "../support/engine-process.ts";
import { childrenOf, isRunning } from "../support/processes.ts";
import { addSecondVersions, PIPER_GRANTS } from "../support/releases.ts";
import { residentMb } from "../support/resident-memory.ts";
import { SpeechLoad } from "../support/speech-load.ts";
import { CHANGES, FIRST, STRATEGIES } from "./changes.ts";
import { mixtures } from "./mixtures.ts";

const SLOT = "voices.slt";
/** Swaps before the memory of the core is taken for the first time: code is compiled then, and pools have their size. */
export const WARM_UP_SWAPS = 20;
/** How often the memory is taken after that, at even distances. */
const MEMORY_POINTS = 4;
/** Samples at one point, and the time between them, in ms. */
const MEMORY_SAMPLES = 5;
const MEMORY_PAUSE_MS = 500;

export interface SoakOptions {
  /** How many swaps, those of the warm-up among them. */
  swaps: number;
  /** How many requests for speech are under way at once. */
  clients: number;
  /** How long a client waits after each of its requests, in ms. Default: not at all. */
  pauseMs?: number;
  /** Names of {@linkcode STRATEGIES}, which take turns; absent: all of them. */
  strategies?: readonly string[];
  /**
   * How long nobody speaks before the memory of the core is taken, in ms; 0: it is not taken. Bun collects the garbage of
   * the last requests some ten seconds after they are over.
   */
  restMs: number;
  /** Called after every swap. */
  progress?(swaps: number, requests: number): void;
}

export interface SoakResult {
  strategies: readonly string[];
  swaps: readonly SwapRecord[];
  requests: number;
  failures: readonly string[];
  /** Requests that were heard with other bytes than most of their binding. */
  mixed: number;
  /** How many generations anyone heard. */
  generationsHeard: number;
  firstByteMs: readonly number[];
  /** RSS of the core in MB, at rest: after the warm-up, and then at even distances to the last swap. */
  memoryMb: readonly { swaps: number; mb: number }[];
  /** Processes that were replaced and still run, or more children of the core than before the first swap. */
  leftProcesses: number;
}

export async function soak({
  swaps,
  clients,
  pauseMs = 0,
  strategies = Object.keys(STRATEGIES),
  restMs,
  progress,
}: SoakOptions): Promise<SoakResult> {
  await using engine = await EngineProcess.start({
    prepare: addSecondVersions,
    config: {
      ...SLT_ONLY,
      plugins: { grants: PIPER_GRANTS },
      voices: { ...SLT_ONLY.voices, slt: FIRST },
      // What is replaced is parked, and gone before the soak is.
      swap: { parkForMs: 500 },
    },
  });
  const children = childrenOf(engine.pid).length;
  await using load = new SpeechLoad(engine, "slt", clients, pauseMs);
  const records: SwapRecord[] = [];
  const retired: number[] = [];
  const memoryMb: SoakResult["memoryMb"][number][] = [];
  const memoryAt = restMs > 0 ? memoryPoints(swaps) : [];
  load.start();
  for (let n = 0; n < swaps; n++) {
    const how = STRATEGIES[strategies[Math.floor(n / CHANGES.length) % strategies.length]!];
    retired.push(...(await engine.slot(SLOT)).instances.map(({ pid }) => pid));
    records.push(await swapped(engine, { ...CHANGES[n % CHANGES.length], ...how }));
    progress?.(records.length, load.requests);
    if (memoryAt.includes(records.length)) {
      await load.pause();
      await Bun.sleep(restMs);
      memoryMb.push({ swaps: records.length, mb: await restingMb(engine.pid) });
      load.start();
    }
  }
  await load.pause();
  const { instances } = await engine.slotUntil(SLOT, (slot) => slot.instances.length === 1);
  // A change of live settings has replaced no process.
  const serving = new Set(instances.map(({ pid }) => pid));
  return {
    strategies,
    swaps: records,
    requests: load.requests,
    failures: load.failures,
    mixed: mixtures(load.heard, records),
    generationsHeard: new Set(load.heard.map(({ generation }) => generation)).size,
    firstByteMs: load.firstByteMs,
    memoryMb,
    leftProcesses: Math.max(
      retired.filter((pid) => !serving.has(pid) && isRunning(pid)).length,
      childrenOf(engine.pid).length - children,
    ),
  };
}

/** @returns the record, also of a swap that failed */
async function swapped(engine: EngineProcess, change: object): Promise<SwapRecord> {
  const answer = (await (await engine.post(`/control/slots/${SLOT}/swap`, change)).json()) as
    SwapRecord | { swap: SwapRecord; detail: string };
  if ("stages" in answer) return answer;
  if (answer.swap) return answer.swap;
  throw new Error(answer.detail);
}

/** @returns after which swaps the memory is taken: the warm-up first, the last swap last */
function memoryPoints(swaps: number): number[] {
  const part = (swaps - WARM_UP_SWAPS) / MEMORY_POINTS;
  if (part < 1) return [];
  return Array.from({ length: MEMORY_POINTS + 1 }, (_, n) => Math.round(WARM_UP_SWAPS + n * part));
}

/** @returns the median of some samples, in MB: what a collection of garbage has just freed is no growth */
async function restingMb(pid: number): Promise<number> {
  const samples: number[] = [];
  while (samples.length < MEMORY_SAMPLES) {
    await Bun.sleep(MEMORY_PAUSE_MS);
    samples.push(residentMb(pid));
  }
  return samples.sort((a, b) => a - b)[Math.floor(MEMORY_SAMPLES / 2)]!;
}
